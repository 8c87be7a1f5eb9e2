import { knowledgeGraphResponse } from "@/lib/transport/mcp";

// A key or a session; reading needs the read scope, everything else the write scope as well.
export const POST = knowledgeGraphResponse;
export const GET = knowledgeGraphResponse;
export const DELETE = knowledgeGraphResponse;
