import { handle } from "@/lib/transport/handle";

// Read scope. Newest first.
export const GET = handle("memories.history");
