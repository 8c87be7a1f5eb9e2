import { handle } from "@/lib/transport/handle";

// Curate scope: entities that are one. `dryRun` is the preview.
export const POST = handle("entities.merge");
