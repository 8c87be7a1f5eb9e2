import { handle } from "@/lib/transport/handle";

// Admin scope.
export const DELETE = handle("people.withdraw");
