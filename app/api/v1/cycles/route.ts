import { handle } from "@/lib/transport/handle";

// Read scope lists, curate scope runs one.
export const GET = handle("cycles.list");
export const POST = handle("cycles.run");
