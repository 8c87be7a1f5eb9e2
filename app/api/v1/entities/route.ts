import { handle } from "@/lib/transport/handle";

// Read scope lists, curate scope adds.
export const GET = handle("entities.list");
export const POST = handle("entities.create");
