import { handle } from "@/lib/transport/handle";

// Curate scope: says that two entities are related.
export const POST = handle("relations.create");
