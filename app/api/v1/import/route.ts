import { handle } from "@/lib/transport/handle";

// Admin scope. A stream of any length, all of it or nothing.
export const POST = handle("import.create");
