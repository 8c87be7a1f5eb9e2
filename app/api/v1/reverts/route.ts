import { handle } from "@/lib/transport/handle";

// Curate scope. With `dryRun` the same transaction runs and is thrown away.
export const POST = handle("reverts.create");
