import { handle } from "@/lib/transport/handle";

// Admin scope. The receiver knows the message by its id.
export const POST = handle("webhooks.redeliver");
