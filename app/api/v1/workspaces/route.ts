import { handle } from "@/lib/transport/handle";

// The installation's owner.
export const POST = handle("workspaces.create");
