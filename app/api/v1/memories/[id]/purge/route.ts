import { handle } from "@/lib/transport/handle";

// Admin scope. The only thing that cannot be undone.
export const POST = handle("memories.purge");
