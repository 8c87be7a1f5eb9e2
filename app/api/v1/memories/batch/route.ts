import { handle } from "@/lib/transport/handle";

// Write scope. Each item is judged by itself; the good ones are one group.
export const POST = handle("memories.createMany");

// Write scope. All of them or none, as one group.
export const PATCH = handle("memories.updateMany");
