import { handle } from "@/lib/transport/handle";

// Admin scope. A secret is shown once.
export const GET = handle("keys.list");
export const POST = handle("keys.create");
