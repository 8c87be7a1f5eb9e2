import { z } from "zod";
import { limit, timeOut } from "./common";

const LONGEST_ACTOR = 200;

export const listRequests = z.strictObject({
  limit: limit.optional(),
  actor: z.string().max(LONGEST_ACTOR).optional().describe("one client's alone, such as key:…"),
});

const request = z.object({
  requestId: z.string().describe("also the header x-request-id of its answer"),
  at: timeOut,
  operation: z.string().describe("of MCP and the drop-ins the surface, and then what was called through it"),
  status: z.number().int().describe("of HTTP"),
  milliseconds: z.number().int().min(0),
  actor: z.string().nullable(),
});

export const listedRequests = z.object({ items: z.array(request) });
