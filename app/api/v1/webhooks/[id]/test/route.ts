import { handle } from "@/lib/transport/handle";

// Admin scope. Sends one message now.
export const POST = handle("webhooks.test");
