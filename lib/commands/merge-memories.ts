import { append, type Appended, type Locked } from "@/lib/store/append";
import { blastRadius } from "@/lib/queries/blast-radius";
import { draft } from "@/lib/domain/ledger/draft";
import { draftHead, envelope, newMemoryId, type Context, type Envelope } from "./context";
import { knownId, memoryId, type ChangeId, type MemoryId } from "@/lib/domain/ids";
import { labelOf } from "@/lib/queries/memory-out";
import { lowestPairSimilarity } from "@/lib/queries/pair-similarity";
import { lowestTrust, type MemoryView, type Scope } from "@/lib/domain/memory/memory";
import { modelOf } from "@/lib/search/live-index";
import { mergeText } from "@/lib/domain/memory/merge-text";
import { mergesOut } from "@/lib/queries/merges";
import { Refusal } from "@/lib/domain/errors";
import { registerMoves } from "@/lib/domain/ledger/preview";
import { memoryRowsById, requireMemory, type Standing } from "@/lib/queries/memory-rows";
import { writtenChanges } from "@/lib/queries/written";
import { millis } from "@/lib/domain/ids";
import type { Draft } from "@/lib/domain/ledger/change";
import type { Tx } from "@/lib/store/prisma";

export interface MergeInput {
  readonly sources: readonly string[];
  readonly content?: string | undefined;
  readonly reason?: string | undefined;
  readonly dryRun?: boolean | undefined;
}

/**
 * Merges memories that say the same: one change makes the result, one per source joins it, all in one group. The sources
 * stay reachable under the result, and any of them can leave again alone.
 */
export async function mergeMemories(ctx: Context, input: MergeInput) {
  const by = envelope(ctx, { reason: input.reason });
  const mergedBy = draftHead(by);
  const result = newMemoryId();
  return append(ctx, {
    dryRun: input.dryRun,
    decide: async (locked) => {
      const sources = await requireSources(locked.tx, input.sources);
      return decideMerge(locked, sources, { input, by, mergedBy, result });
    },
    answer: (done, tx) => answer(done, tx, { id: mergedBy.id, dryRun: input.dryRun ?? false }),
  });
}

/** The memories to be merged, or the refusal that says which of them cannot be. */
export async function requireSources(tx: Tx, ids: readonly string[]): Promise<Standing[]> {
  const unique = [...new Set(ids)];
  if (unique.length < 2)
    throw new Refusal("invalid_input", "A merge takes at least two different memories.", {
      fields: [{ path: "sources", message: "name at least two different memories" }],
    });
  const sources: Standing[] = [];
  for (const [i, id] of unique.entries()) {
    const { view } = await requireMemory(tx, knownId<MemoryId>(id, "memory"));
    if (view.mergedInto !== null) {
      throw new Refusal(
        "conflict",
        `Memory ${id} is merged into ${view.mergedInto} already. Merge that one, or take the earlier merge back first.`,
        {
          fields: [{ path: `sources.${i}`, message: `is a source of ${view.mergedInto}` }],
          extra: { mergedInto: view.mergedInto },
        },
      );
    }
    if (view.lifecycle !== "active")
      throw new Refusal("conflict", `Memory ${id} is ${view.lifecycle}. Restore it before merging it.`, {
        fields: [{ path: `sources.${i}`, message: `is ${view.lifecycle}` }],
      });
    sources.push(view);
  }
  return sources;
}

export interface Plan {
  readonly input: MergeInput;
  readonly by: Envelope;
  readonly mergedBy: ReturnType<typeof draftHead>;
  readonly result: MemoryId;
}

/** The drafts of a merge: its result, and one membership for each source. */
export async function decideMerge(
  locked: Locked,
  sources: readonly Standing[],
  { input, by, mergedBy, result }: Plan,
): Promise<Draft[]> {
  const made = input.content === undefined ? mergeText(sources) : { text: input.content, madeFrom: [] };
  const payload = {
    content: made.text,
    madeFrom: await withAllBelow(locked, made.madeFrom),
    ...combined(sources),
    source: { channel: "merge", ...sharedSpeaker(sources) },
    sources,
    similarity: await lowestPairSimilarity(locked.tx, sources, await modelOf(locked.workspaceId)),
  };
  const into = { id: result, createdBy: mergedBy.id };
  return [
    draft.merge(mergedBy, result, payload),
    ...sources.map((source) => draft.member(draftHead(by), source, into)),
  ];
}

/** Words taken from a result are the words of its own sources too: when one of those leaves or is erased, the text goes. */
async function withAllBelow(locked: Locked, used: readonly MemoryId[]): Promise<MemoryId[]> {
  const all = new Set(used);
  for (const id of all) {
    const row = (await memoryRowsById(locked.tx, [id])).get(id);
    for (const below of row?.mergedFrom ?? []) all.add(memoryId(below));
  }
  return [...all];
}

/** What everybody said who says it; several speakers leave it to nobody. */
function sharedSpeaker(sources: readonly MemoryView[]): { readonly speaker?: string } {
  const [speaker, ...others] = new Set(sources.map((s) => s.source.speaker));
  return speaker === undefined || others.length > 0 ? {} : { speaker };
}

/** What the result takes over: it is found wherever all of its sources were, and believed like the least trusted of them. */
function combined(sources: readonly MemoryView[]) {
  const [first] = sources;
  const isShared = ([field, value]: [string, unknown]): boolean =>
    // The entries are a scope's.
    sources.every((s) => s.scope[field as keyof Scope] === value);
  const scope: Scope = Object.fromEntries(Object.entries(first?.scope ?? {}).filter(isShared));
  const ends = sources.map((s) => s.invalidAt);
  return {
    kind: first?.kind ?? ("fact" as const),
    tags: [...new Set(sources.flatMap((s) => s.tags))],
    metadata: Object.assign({}, ...[...sources].reverse().map((s) => s.metadata)) as MemoryView["metadata"], // the first named source wins
    scope,
    trust: lowestTrust(sources.map((s) => s.trust)),
    validAt: millis(Math.min(...sources.map((s) => s.validAt))),
    invalidAt: ends.some((end) => end === null) ? null : millis(Math.max(...ends.map(Number))),
  };
}

async function answer(
  done: Appended,
  tx: Tx,
  { id, dryRun }: { readonly id: ChangeId; readonly dryRun: boolean },
) {
  const [merge] = await mergesOut(tx, [id]);
  if (!merge) throw new Error(`merge ${id} vanished inside its own transaction`);
  const effects = registerMoves(done, done.parameters).map((move) => ({
    ...move,
    label: labelOf(move.label),
  }));
  return {
    dryRun,
    merge,
    changes: await writtenChanges(tx, done),
    effects,
    blastRadius: await blastRadius(tx, done, dryRun),
  };
}
