import { handle } from "@/lib/transport/handle";

// Feedback scope. Takes effect at the very next recall.
export const POST = handle("signals.create");
