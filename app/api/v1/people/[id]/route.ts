import { handle } from "@/lib/transport/handle";

// Admin scope. The last owner stays.
export const PATCH = handle("people.update");
export const DELETE = handle("people.remove");
