import { mem0Response } from "@/lib/transport/mem0/respond";

// A key; each call needs the scopes of the operations it comes to. The table of paths is lib/transport/mem0/routes.ts.
export const GET = mem0Response;
export const POST = mem0Response;
export const PUT = mem0Response;
export const PATCH = mem0Response;
export const DELETE = mem0Response;
