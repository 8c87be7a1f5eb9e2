import { handle } from "@/lib/transport/handle";

// Curate scope. One group, one undo; `dryRun` says what would change.
export const POST = handle("memories.bulk");
