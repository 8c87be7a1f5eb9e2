import { handle } from "@/lib/transport/handle";

// Admin scope. A secret is shown once.
export const POST = handle("people.invite");
