import { answeredRequests } from "@/lib/store/request-tail";
import type { Asker, InputOf } from "./asker";
import type { listRequests as input } from "@/lib/contracts/request";

const DEFAULT_LIMIT = 50;

/** What this process answered lately, of one workspace and perhaps of one client. */
export async function listRequests(ctx: Asker, { actor, limit = DEFAULT_LIMIT }: InputOf<typeof input>) {
  const all = answeredRequests(ctx.workspaceId);
  const wanted = actor === undefined ? all : all.filter((request) => request.actor === actor);
  return {
    items: wanted
      .slice(0, limit)
      .map(({ at, ...request }) => ({ ...request, at: new Date(at).toISOString() })),
  };
}
