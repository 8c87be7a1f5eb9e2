import { handle } from "@/lib/transport/handle";

// Admin scope. Asks the model that the environment names, and no other.
export const POST = handle("models.test");
