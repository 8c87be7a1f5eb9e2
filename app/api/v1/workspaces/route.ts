import { handle } from "@/lib/transport/handle";

// Read scope lists those the caller may enter; only who may make workspaces makes one.
export const GET = handle("workspaces.list");
export const POST = handle("workspaces.create");
