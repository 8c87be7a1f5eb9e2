import { handle } from "@/lib/transport/handle";

// Read scope reads, curate scope edits. Every edit can be taken back.
export const GET = handle("entities.get");
export const PATCH = handle("entities.update");
