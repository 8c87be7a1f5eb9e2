import { handle } from "@/lib/transport/handle";

// Read scope reads, write scope edits and deletes. Everything here can be taken back.
export const GET = handle("memories.get");
export const PATCH = handle("memories.update");
export const DELETE = handle("memories.delete");
