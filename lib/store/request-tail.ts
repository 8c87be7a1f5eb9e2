import type { WorkspaceId } from "@/lib/domain/ids";

/** One request that was answered: names, numbers and ids, never a text or a secret. */
export interface AnsweredRequest {
  readonly requestId: string;
  /** UTC milliseconds of the answer. */
  readonly at: number;
  /** Of the table; for MCP and the drop-ins the surface, and then what was called through it. */
  readonly operation: string;
  readonly status: number;
  readonly milliseconds: number;
  readonly actor: string | null;
}

/** So many of the newest are kept of each workspace, and lost with the process: this is for looking over a client's shoulder. */
const KEPT = 200;

// Next may load this module once per route.
const shared = globalThis as { palimpsestRequests?: Map<WorkspaceId, AnsweredRequest[]> };
const tails = () => (shared.palimpsestRequests ??= new Map<WorkspaceId, AnsweredRequest[]>());

export function keepRequest(workspaceId: WorkspaceId, request: AnsweredRequest): void {
  const tail = tails().get(workspaceId) ?? [];
  tails().set(workspaceId, tail);
  tail.push(request);
  if (tail.length > KEPT) tail.shift();
}

/** The newest first. */
export const answeredRequests = (workspaceId: WorkspaceId): readonly AnsweredRequest[] =>
  (tails().get(workspaceId) ?? []).toReversed();
