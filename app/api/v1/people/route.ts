import { handle } from "@/lib/transport/handle";

// Admin scope.
export const GET = handle("people.list");
