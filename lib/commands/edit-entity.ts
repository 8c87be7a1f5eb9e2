import { draft } from "@/lib/domain/ledger/draft";
import { draftHead, envelope, type Context, type Envelope } from "./context";
import { editNames, lower } from "./edit-names";
import { entityIdOf } from "@/lib/store/entity-id";
import { entityOut, openMap, requireKey, requireName, type OpenMap } from "@/lib/queries/open-map";
import { normalName } from "@/lib/domain/graph/names";
import { Refusal } from "@/lib/domain/errors";
import type {
  createEntity as createIn,
  mergeEntities as mergeIn,
  updateEntity as updateIn,
} from "@/lib/contracts/graph";
import type { Draft } from "@/lib/domain/ledger/change";
import type { InputOf } from "@/lib/queries/asker";
import type { Locked } from "@/lib/store/append";
import type { NamesEdited } from "./edit-names";

/** Adds an entity that no text names yet. */
export async function createEntity(ctx: Context, input: InputOf<typeof createIn>) {
  const name = normalName(input.name);
  if (name === "") throw refusal("name", "A name needs a letter or a digit.", "holds no letter and no digit");
  const opened = await openMap(ctx);
  const known = opened.map.entity(name);
  if (known !== null) {
    const where = known.isHidden ? " It is hidden: show it again instead." : "";
    throw new Refusal("conflict", `There is an entity called ${known.name} already.${where}`, {
      extra: { entityId: known.id },
    });
  }
  const by = envelope(ctx, { reason: input.reason });
  const payload = { name, called: input.name, type: input.type ?? ("other" as const) };
  const done = await editNames(ctx, {
    dryRun: input.dryRun,
    decide: async () => [draft.introduce(draftHead(by), entityIdOf(name), payload)],
  });
  return answer(ctx, name, done);
}

/** Edits an entity. Each field that moves becomes a change of its own, so that each can be taken back alone. */
export async function updateEntity(ctx: Context, input: { readonly id: string } & InputOf<typeof updateIn>) {
  const opened = await openMap(ctx);
  const name = input.mergedInto === null ? requireName(opened, input.id) : requireKey(opened, input.id);
  const by = envelope(ctx, { reason: input.reason });
  const done = await editNames(ctx, {
    dryRun: input.dryRun,
    decide: (locked) => moves(locked, opened, { name, input, by }),
  });
  return answer(ctx, name, done);
}

/** Says that entities are one: each source becomes another name of `into`, as a change of its own in one group. */
export async function mergeEntities(ctx: Context, input: InputOf<typeof mergeIn>) {
  const opened = await openMap(ctx);
  const into = requireKey(opened, input.into);
  const by = envelope(ctx, { reason: input.reason });
  const sources = [...new Set(input.sources.map((ref) => requireKey(opened, ref)))];
  const drafts = sources.map((name) => joined({ name, into }, by));
  const done = await editNames(ctx, { dryRun: input.dryRun, decide: async () => drafts });
  return answer(ctx, into, done);
}

interface Asked {
  readonly name: string;
  readonly input: InputOf<typeof updateIn>;
  readonly by: Envelope;
}

async function moves(locked: Locked, opened: OpenMap, { name, input, by }: Asked): Promise<Draft[]> {
  const id = entityIdOf(name);
  const now = opened.map.entity(name);
  const { name: called, type, hidden, mergedInto } = input;
  return [
    ...(called === undefined || called === now?.name
      ? []
      : [draft.rename(draftHead(by), id, { name, called })]),
    ...(type === undefined || type === now?.type ? [] : [draft.retype(draftHead(by), id, { name, type })]),
    ...(hidden === true && now?.isHidden !== true ? [draft.hideEntity(draftHead(by), id, { name })] : []),
    ...(hidden === false ? await lower(locked, id, { op: "hide", by }) : []),
    ...(mergedInto === undefined || mergedInto === null
      ? []
      : [joined({ name, into: requireKey(opened, mergedInto) }, by)]),
    ...(mergedInto === null ? await split(locked, opened, { name, by }) : []),
  ];
}

function joined({ name, into }: { readonly name: string; readonly into: string }, by: Envelope): Draft {
  if (name === into)
    throw refusal(
      "into",
      "An entity cannot be another name of itself.",
      "is the same entity already; name another one",
    );
  return draft.alias(draftHead(by), entityIdOf(name), { name, into: entityIdOf(into), intoName: into });
}

/** Of another name, its own aliases are taken back; of the one that all mean, those of all others. */
async function split(
  locked: Locked,
  { live }: OpenMap,
  { name, by }: Pick<Asked, "name" | "by">,
): Promise<Draft[]> {
  const { edits } = live.index.graph;
  const [root, ...others] = edits.clusterOf(name);
  const apart = name === root ? others : [name];
  const drafts = await Promise.all(apart.map((one) => lower(locked, entityIdOf(one), { op: "alias", by })));
  return drafts.flat();
}

/** The entity as it reads after the act; a preview shows it as it is. */
async function answer(ctx: Context, name: string, done: NamesEdited) {
  const entity = (await openMap(ctx)).map.entity(name);
  return { entity: entity === null ? null : entityOut(entity), ...done };
}

const refusal = (path: string, detail: string, message: string): Refusal =>
  new Refusal("invalid_input", detail, { fields: [{ path, message }] });
