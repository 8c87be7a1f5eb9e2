import { actorName } from "./actor-name";
import { listAccessEvents as rows, type AccessEvent } from "@/lib/store/access-events";
import { namesOfActors } from "@/lib/store/actor-names";
import { readCursor, writeCursor } from "./cursor";
import type { AccessEventKind } from "@/lib/domain/access";
import type { Asker, InputOf } from "./asker";
import type { listAccessEvents as input } from "@/lib/contracts/people";

const DEFAULT_LIMIT = 50;

/** Who came, what was refused, and who changed who may do what. Only who looks after the whole server sees what belongs to no workspace. */
export async function listAccessEvents(
  ctx: Asker & { readonly installation: boolean },
  asked: InputOf<typeof input>,
) {
  const { limit = DEFAULT_LIMIT, kinds = null } = asked;
  const place = readCursor(asked.cursor, ["time", "uuid"]);
  const before = place === null ? null : { at: new Date(place[0]), id: place[1] };
  const found = await rows({
    workspaceId: ctx.workspaceId,
    withoutWorkspace: ctx.installation,
    kinds,
    before,
    limit: limit + 1,
  });
  const page = found.slice(0, limit);
  const names = await namesOfActors(page.flatMap(({ actor }) => (actor === null ? [] : [actor])));
  const last = page.at(-1);
  return {
    items: page.map((event) => eventOut(event, names)),
    nextCursor:
      found.length > limit && last !== undefined ? writeCursor([last.at.toISOString(), last.id]) : null,
  };
}

const eventOut = (
  { id, at, kind, actor, address, agent, operation, detail, times, workspaceId }: AccessEvent,
  names: ReadonlyMap<string, string>,
) => ({
  id,
  at: at.toISOString(),
  kind: kind as AccessEventKind, // written from the closed set of kinds
  actor: actor === null ? null : { id: actor, name: actorName(actor, names.get(actor) ?? null) },
  address,
  agent,
  operation,
  detail,
  times,
  isOfWorkspace: workspaceId !== null,
});
