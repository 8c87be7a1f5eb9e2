import { handle } from "@/lib/transport/handle";

// Curate scope.
export const POST = handle("cycles.cancel");
