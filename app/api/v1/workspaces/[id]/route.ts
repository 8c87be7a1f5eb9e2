import { handle } from "@/lib/transport/handle";

// An owner of that workspace.
export const PATCH = handle("workspaces.update");
