import { handle } from "@/lib/transport/handle";

// Read scope. What this server does beside requests, and what came of it.
export const GET = handle("reverts.list");

// Curate scope. Answered at once; the work is one transaction all the same.
export const POST = handle("reverts.start");
