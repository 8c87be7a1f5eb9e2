import { openApiResponse } from "@/lib/transport/openapi";

// Anyone: the reference, made from the table of operations.
export const GET = openApiResponse;
