import { handle } from "@/lib/transport/handle";

// Admin scope. A secret is shown once.
export const GET = handle("webhooks.list");
export const POST = handle("webhooks.create");
