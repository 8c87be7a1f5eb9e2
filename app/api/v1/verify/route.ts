import { handle } from "@/lib/transport/handle";

// Read scope. Recomputes everything; takes seconds on a large ledger.
export const GET = handle("verify");
