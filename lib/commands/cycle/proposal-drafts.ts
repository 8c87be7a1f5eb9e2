import { contestMove, supersessionMove } from "@/lib/commands/update-memory";
import { decideMerge, requireSources } from "@/lib/commands/merge-memories";
import { draft } from "@/lib/domain/ledger/draft";
import { draftHead, newMemoryId, type Envelope } from "@/lib/commands/context";
import { flagMove, lifecycleMove } from "@/lib/commands/moves";
import { isParameterName, PARAMETERS } from "@/lib/domain/parameters";
import { isTuning, type ProposalDraft, type TuningPayload } from "@/lib/domain/cycle/proposal";
import { knownId, WORKSPACE_TARGET, type MemoryId } from "@/lib/domain/ids";
import { linkOf, relationIdOf } from "@/lib/commands/link-used";
import { Refusal } from "@/lib/domain/errors";
import { requireMemory, type Standing } from "@/lib/queries/memory-rows";
import type { Draft } from "@/lib/domain/ledger/change";
import type { Locked } from "@/lib/store/append";
import type { Tx } from "@/lib/store/prisma";

/** What is to be applied, as far as its changes depend on it. */
export type Applicable = Pick<ProposalDraft, "kind" | "payload" | "targets">;

/** Where in the ledger a proposal was made, and the group its own cycle writes to. */
export interface ProposedAt {
  readonly seq: number;
  readonly groupId: string;
}

/**
 * The changes of a proposal, by the same code that people's own merges, supersessions and settings go through. Refuses when
 * what it was made for has moved since: nobody decided about what is there now.
 */
export async function proposalDrafts(
  locked: Locked,
  proposal: Applicable,
  { by, at }: { readonly by: Envelope; readonly at: ProposedAt },
): Promise<Draft[]> {
  const memories = proposal.targets.filter((t) => t.type === "memory").map((t) => t.id);
  await requireUnmoved(locked.tx, memories, at);
  const drafts = isTuning(proposal.kind)
    ? tunings(locked, proposal, by)
    : await memoryDrafts(locked, proposal, by);
  if (drafts.length === 0) throw new Refusal("conflict", "What it proposes is so already.");
  return drafts;
}

async function memoryDrafts(locked: Locked, proposal: Applicable, by: Envelope): Promise<Draft[]> {
  // The payload was written with its kind; see `ProposalDraft`.
  const own = proposal as ProposalDraft;
  switch (own.kind) {
    case "merge":
      return mergeDrafts(locked, own.payload, by);
    case "supersede":
      return supersessionMove(locked, await active(locked.tx, own.payload.older), {
        supersededBy: own.payload.newer,
        by,
      });
    case "contest":
      return contestMove(
        await active(locked.tx, own.payload.memory),
        await active(locked.tx, own.payload.rival),
        by,
      );
    case "quarantine":
      return flagMove(locked, await active(locked.tx, own.payload.memory), {
        op: "quarantine",
        to: true,
        by,
      });
    case "archive":
      return lifecycleMove(await unpinned(locked.tx, own.payload.memory), "archived", by);
    case "link":
      return linkDrafts(locked, own.payload, by);
    default:
      return [];
  }
}

async function mergeDrafts(
  locked: Locked,
  { sources: ids, content }: { readonly sources: readonly string[]; readonly content?: string },
  by: Envelope,
): Promise<Draft[]> {
  const sources = await requireSources(locked.tx, ids);
  return decideMerge(locked, sources, {
    input: { sources: ids, content },
    by,
    mergedBy: draftHead(by),
    result: newMemoryId(),
  });
}

async function linkDrafts(
  locked: Locked,
  { from, to, relation }: { readonly from: string; readonly to: string; readonly relation: string },
  by: Envelope,
): Promise<Draft[]> {
  const ends = [await active(locked.tx, from), await active(locked.tx, to)].sort((a, b) =>
    a.id < b.id ? -1 : 1,
  );
  const [first, second] = ends;
  if (!first || !second) return [];
  const id = relationIdOf(first.id, second.id);
  return (await linkOf(locked, id)) === null
    ? [draft.link(draftHead(by), id, { from: first, to: second, relation })]
    : [];
}

function tunings({ parameters }: Locked, { payload }: Applicable, by: Envelope): Draft[] {
  const { values } = payload as TuningPayload; // every tuning kind has this payload
  return values.map(({ name, before, value }) => {
    if (!isParameterName(name))
      throw new Refusal("conflict", `There is no parameter ${JSON.stringify(name)} any more.`);
    if (Math.abs(parameters[name] - before) > SAME)
      throw new Refusal(
        "conflict",
        `${name} was ${String(before)} when this was proposed and is ${String(parameters[name])} now.`,
      );
    const { min, max } = PARAMETERS[name];
    return draft.tune(draftHead(by), WORKSPACE_TARGET, { name, value: Math.min(max, Math.max(min, value)) });
  });
}

const SAME = 1e-9;

async function active(tx: Tx, id: string): Promise<Standing> {
  const { view } = await requireMemory(tx, knownId<MemoryId>(id, "memory"));
  const gone =
    view.lifecycle !== "active"
      ? view.lifecycle
      : view.mergedInto !== null
        ? "merged"
        : view.supersededBy !== null
          ? "superseded"
          : null;
  if (gone !== null) throw new Refusal("conflict", `Memory ${id} is ${gone} by now.`);
  return view;
}

/** What was superseded can be archived as well as anything else. */
async function unpinned(tx: Tx, id: string): Promise<Standing> {
  const { view } = await requireMemory(tx, knownId<MemoryId>(id, "memory"));
  if (view.mergedInto !== null) throw new Refusal("conflict", `Memory ${id} is merged by now.`);
  if (view.pinned) throw new Refusal("conflict", `Memory ${id} was pinned meanwhile.`);
  return view;
}

/** Evidence may come in at any time; what a person would have to look at again may not. */
async function requireUnmoved(tx: Tx, ids: readonly string[], { seq, groupId }: ProposedAt): Promise<void> {
  if (ids.length === 0) return;
  const [moved] = await tx.$queryRaw<{ targetId: string; op: string }[]>`
    SELECT c."targetId", c."op" FROM "Change" c
    WHERE c."workspaceId" = current_setting('app.workspace')::uuid AND c."seq" > ${seq} AND c."targetId" = ANY(${[...ids]}::uuid[]) AND c."op" <> 'observe' AND c."groupId" <> ${groupId}::uuid
      AND NOT (c."op" = 'revert' AND EXISTS (SELECT 1 FROM "Change" r WHERE r."workspaceId" = c."workspaceId" AND r."id" = c."reverts" AND r."op" = 'observe'))
    ORDER BY c."seq" DESC LIMIT 1`;
  if (moved)
    throw new Refusal(
      "conflict",
      `Memory ${moved.targetId} was changed (${moved.op}) after this was proposed.`,
    );
}
