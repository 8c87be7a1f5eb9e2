import { handle } from "@/lib/transport/handle";

// Read scope. Every point names the change that made it.
export const GET = handle("memories.confidence");
