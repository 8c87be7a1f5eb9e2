import { handle } from "@/lib/transport/handle";

// Curate scope. A change like any other: it can be taken back.
export const PATCH = handle("parameters.set");
