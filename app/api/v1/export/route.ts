import { handle } from "@/lib/transport/handle";

// Admin scope. A stream that folds back to the same digest.
export const GET = handle("export.get");
