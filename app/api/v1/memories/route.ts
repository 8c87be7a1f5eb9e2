import { handle } from "@/lib/transport/handle";

// Read scope lists, write scope adds. A duplicate answers 200 with the memory that is there.
export const GET = handle("memories.list");
export const POST = handle("memories.create");
