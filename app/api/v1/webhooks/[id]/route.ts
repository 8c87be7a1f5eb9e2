import { handle } from "@/lib/transport/handle";

// Admin scope.
export const PATCH = handle("webhooks.update");
export const DELETE = handle("webhooks.delete");
