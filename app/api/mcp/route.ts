import { mcpResponse } from "@/lib/transport/mcp";

// A key or a session; each tool needs the scope of its operation.
export const POST = mcpResponse;
export const GET = mcpResponse;
export const DELETE = mcpResponse;
