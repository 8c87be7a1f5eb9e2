import { inWorkspace } from "@/lib/store/prisma";
import { onAppend } from "@/lib/store/append";
import { parametersIn } from "./parameters";
import type { WorkspaceId } from "@/lib/domain/ids";

/** Another process may have tuned it; this one is told of its own changes at once. */
const LOOK_AGAIN_MS = 10_000;

interface Known {
  readonly perMinute: number;
  readonly readAt: number;
}

// Next may load this module once per route.
const shared = globalThis as { palimpsestRequestLimits?: Map<WorkspaceId, Known> };

function known(): Map<WorkspaceId, Known> {
  if (shared.palimpsestRequestLimits === undefined) {
    const limits = (shared.palimpsestRequestLimits = new Map<WorkspaceId, Known>());
    onAppend((workspaceId, { changes }) => {
      if (changes.some((change) => change.target.type === "workspace" || change.op === "revert"))
        limits.delete(workspaceId);
    });
  }
  return shared.palimpsestRequestLimits;
}

/** Requests per minute that a key of this workspace may make; 0 for any number. Asked before every request, so it is remembered. */
export async function requestsPerMinute(workspaceId: WorkspaceId, nowMs: number): Promise<number> {
  const found = known().get(workspaceId);
  if (found !== undefined && nowMs - found.readAt < LOOK_AGAIN_MS) return found.perMinute;
  const parameters = await inWorkspace(workspaceId, parametersIn);
  const perMinute = parameters["safety.requestsPerMinute"];
  known().set(workspaceId, { perMinute, readAt: nowMs });
  return perMinute;
}
