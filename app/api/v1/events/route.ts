import { handle } from "@/lib/transport/handle";

// Read scope. Server-sent events until the client leaves.
export const GET = handle("events");
