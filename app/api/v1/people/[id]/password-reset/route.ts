import { handle } from "@/lib/transport/handle";

// Admin scope, and only over people who may do no more than who asks.
export const POST = handle("people.resetPassword");
