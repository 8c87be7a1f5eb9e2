import { handle } from "@/lib/transport/handle";

// A browser, into a workspace that its person was let into.
export const POST = handle("workspaces.enter");
