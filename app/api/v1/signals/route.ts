import { handle } from "@/lib/transport/handle";

// Feedback scope. Takes effect at the very next recall.
export const POST = handle("signals.create");

// Read scope. Everything that was reported, with all that it moved.
export const GET = handle("signals.list");
