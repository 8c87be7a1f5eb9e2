import { handle } from "@/lib/transport/handle";

// Curate scope. A relation that is deleted is hidden, and a revert brings it back.
export const PATCH = handle("relations.update");
export const DELETE = handle("relations.delete");
