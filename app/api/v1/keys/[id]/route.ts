import { handle } from "@/lib/transport/handle";

// Admin scope. Revoked at once.
export const DELETE = handle("keys.revoke");
