import { creditVerdict } from "@/lib/domain/learning/attribution";
import { draft } from "@/lib/domain/ledger/draft";
import { draftHead, envelope, type Context, type Envelope } from "./context";
import { edgeIdOf } from "@/lib/store/entity-id";
import { editNames, lower, type NamesEdited } from "./edit-names";
import { MENTIONED_WITH, type MapEdge } from "@/lib/search/entity-map";
import { notFound, type Millis } from "@/lib/domain/ids";
import {
  openMap,
  relationIdOf,
  relationsOut,
  requireEnds,
  requireKey,
  type OpenMap,
} from "@/lib/queries/open-map";
import { Refusal } from "@/lib/domain/errors";
import { timeOf } from "@/lib/domain/time";
import type { createRelation as createIn, updateRelation as updateIn } from "@/lib/contracts/graph";
import type { Draft, EdgeEnds } from "@/lib/domain/ledger/change";
import type { InputOf } from "@/lib/queries/asker";
import type { Locked } from "@/lib/store/append";

/** Says that two entities are related. */
export async function createRelation(ctx: Context, input: InputOf<typeof createIn>) {
  const opened = await openMap(ctx);
  const ends = {
    from: requireKey(opened, input.from),
    to: requireKey(opened, input.to),
    relation: input.type,
  };
  if (ends.from === ends.to)
    throw refusal("to", "An entity cannot be related with itself.", "names the same entity as `from`");
  if (edgeOf(opened, ends)?.isMade === true)
    throw new Refusal("conflict", "Somebody said so already; strengthen that relation instead.", {
      extra: { relationId: relationIdOf(ends) },
    });
  const validity = validityOf(input, { validAt: null, invalidAt: null });
  const by = envelope(ctx, { reason: input.reason });
  const decide = async (locked: Locked) => [
    ...(await lower(locked, edgeIdOf(ends), { op: "hide", by })),
    draft.relate(draftHead(by), edgeIdOf(ends), { ...ends, ...validity }),
  ];
  return answer(ctx, ends, await editNames(ctx, { dryRun: input.dryRun, decide }));
}

/** Strengthens, weakens, dates, hides or shows a relation; each field is a change of its own. */
export async function updateRelation(
  ctx: Context,
  input: { readonly id: string } & InputOf<typeof updateIn>,
) {
  const opened = await openMap(ctx);
  const ends = requireEnds(opened, input.id);
  const now = edgeOf(opened, ends);
  // A hidden one is not there to be read, and can only be shown again.
  if (now === null && input.hidden !== false) throw notFound("relation", input.id);
  const by = envelope(ctx, { reason: input.reason });
  return answer(
    ctx,
    ends,
    await editNames(ctx, {
      dryRun: input.dryRun,
      decide: (locked) => moves(ctx, locked, { ends, now, input, by }),
    }),
  );
}

/** Takes a relation out of sight and out of recall; a revert brings it back. */
export const deleteRelation = (
  ctx: Context,
  input: { readonly id: string; readonly reason?: string | undefined },
) => updateRelation(ctx, { ...input, hidden: true });

interface Asked {
  readonly ends: EdgeEnds;
  readonly now: MapEdge | null;
  readonly input: InputOf<typeof updateIn>;
  readonly by: Envelope;
}

async function moves(ctx: Context, locked: Locked, { ends, now, input, by }: Asked): Promise<Draft[]> {
  const id = edgeIdOf(ends);
  const { verdict, hidden } = input;
  const isDated = input.validAt !== undefined || input.invalidAt !== undefined;
  const weight =
    verdict === undefined
      ? null
      : creditVerdict(verdict === "right" ? "helpful" : "harmful", {
          trust: ctx.trust,
          parameters: locked.parameters,
        });
  return [
    ...(isDated
      ? [
          draft.relate(draftHead(by), id, {
            ...ends,
            ...validityOf(input, { validAt: now?.validAt ?? null, invalidAt: now?.invalidAt ?? null }),
          }),
        ]
      : []),
    ...(weight === null
      ? []
      : [draft.weigh(draftHead(by), id, { ...ends, weight, source: ctx.source, at: locked.at })]),
    ...(hidden === true ? [draft.hideEdge(draftHead(by), id, ends)] : []),
    ...(hidden === false ? await lower(locked, id, { op: "hide", by }) : []),
  ];
}

interface Validity {
  readonly validAt: Millis | null;
  readonly invalidAt: Millis | null;
}

function validityOf(
  input: { readonly validAt?: string | null | undefined; readonly invalidAt?: string | null | undefined },
  otherwise: Validity,
): Validity {
  const read = (given: string | null | undefined, other: Millis | null) =>
    given === undefined ? other : given === null ? null : timeOf(given);
  const [validAt, invalidAt] = [
    read(input.validAt, otherwise.validAt),
    read(input.invalidAt, otherwise.invalidAt),
  ];
  if (validAt !== null && invalidAt !== null && invalidAt < validAt) {
    throw refusal("invalidAt", "A relation cannot end before it begins.", "must not be earlier than validAt");
  }
  return { validAt, invalidAt };
}

function edgeOf({ map }: OpenMap, { from, to, relation }: EdgeEnds): MapEdge | null {
  const edges = map.tiesOf(from).find((tie) => tie.to === to)?.edges ?? [];
  const isSame = (edge: MapEdge) =>
    edge.relation === relation && (edge.from === from || relation === MENTIONED_WITH);
  return edges.find(isSame) ?? null;
}

async function answer(ctx: Context, ends: EdgeEnds, done: NamesEdited) {
  const opened = await openMap(ctx);
  const edge = edgeOf(opened, ends);
  const [relation] = edge === null ? [] : await relationsOut(ctx, opened.map, [edge]);
  return { relation: relation ?? null, ...done };
}

const refusal = (path: string, detail: string, message: string): Refusal =>
  new Refusal("invalid_input", detail, { fields: [{ path, message }] });
