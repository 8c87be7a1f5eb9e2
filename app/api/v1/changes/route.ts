import { handle } from "@/lib/transport/handle";

// Read scope. The ledger, newest first.
export const GET = handle("changes.list");
