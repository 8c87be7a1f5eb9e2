import { handle } from "@/lib/transport/handle";

// Read scope lists, curate scope merges.
export const GET = handle("merges.list");
export const POST = handle("merges.create");
