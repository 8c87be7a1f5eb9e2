/** Random histories of the product's own commands on a real store. What is chosen follows from the random numbers alone. */
import { bulkMemories } from "@/lib/commands/bulk-memories";
import { draftHead, envelope, type Context } from "@/lib/commands/context";
import { createMemories, createMemory } from "@/lib/commands/create-memory";
import { mergeMemories } from "@/lib/commands/merge-memories";
import { purgeMemory } from "@/lib/commands/purge-memory";
import { recordSignal } from "@/lib/commands/record-signal";
import { revert } from "@/lib/commands/revert";
import { tuneParameter } from "@/lib/commands/tune-parameter";
import { updateMemory } from "@/lib/commands/update-memory";
import { Refusal } from "@/lib/domain/errors";
import { draft } from "@/lib/domain/ledger/draft";
import { edgeIdOf, entityIdOf } from "@/lib/store/entity-id";
import { appended, merge, retrieval } from "./acts";

type Written = { readonly id: string; readonly groupId: string; readonly seq: number };

export interface Commander {
  /** One command; the changes it made, none when it was refused. */
  readonly next: () => Promise<readonly Written[]>;
}

export interface Commanders {
  readonly callers: readonly Context[];
  readonly random: () => number;
  /** Merges measure how alike their sources are, which loads the model; false makes them without. */
  readonly withModel: boolean;
}

const WORDS = ["tea", "coffee", "garden", "piano", "Ulm", "Bonn", "green", "late"];
const TUNABLE = ["learning.verdict.weight", "recall.weight.utility", "cycle.intervalMinutes"];

export function commander({ callers, random, withModel }: Commanders): Commander {
  const memories: string[] = [];
  const changes: Written[] = [];
  const below = (n: number) => Math.floor(random() * n);
  const one = <T>(list: readonly T[]): T => list[below(list.length)] as T; // no list here is empty
  const some = (most: number) => [
    ...new Set(Array.from({ length: 2 + below(most - 1) }, () => one(memories))),
  ];
  const words = () => Array.from({ length: 2 + below(4) }, () => one(WORDS)).join(" ");
  const update = (ctx: Context, body: Omit<Parameters<typeof updateMemory>[1], "id">) =>
    updateMemory(ctx, { id: one(memories), ...body });

  const edits = (): Omit<Parameters<typeof updateMemory>[1], "id"> => {
    const all = [
      { content: words() },
      { kind: one(["fact", "episode", "insight"] as const) },
      { tags: [one(WORDS)] },
      { metadata: { n: below(9) } },
      { lifecycle: one(["active", "archived", "deleted"] as const) },
      { pinned: random() < 0.6 },
      { quarantined: random() < 0.3 },
      { supersededBy: random() < 0.3 ? null : one(memories) },
      { validAt: `2026-0${1 + below(9)}-01` },
    ];
    return Object.assign({}, one(all), one(all)) as Omit<Parameters<typeof updateMemory>[1], "id">; // two of the fields above
  };
  const judged = async (ctx: Context) => {
    const shown = some(4);
    if (random() < 0.5)
      return recordSignal(ctx, {
        memories: [{ memoryId: one(shown), verdict: one(["helpful", "harmful", "outdated"] as const) }],
      });
    const retrievalId = await retrieval(ctx, { query: words(), shown });
    return recordSignal(ctx, {
      retrievalId,
      outcome: random() * 2 - 1,
      ...(random() < 0.5 ? { used: shown.slice(0, 2) } : {}),
    });
  };
  const taken = (ctx: Context) => {
    const change = one(changes);
    const inputs = [
      { changeIds: [change.id] },
      { groupId: change.groupId },
      { changeIds: [...new Set([change.id, one(changes).id])] },
      { select: { fromSeq: change.seq, toSeq: change.seq + below(4) } },
    ];
    return revert(ctx, { ...one(inputs), includeContaminated: random() < 0.1 });
  };
  const merged = async (ctx: Context) => {
    const sources = some(3);
    if (withModel) return mergeMemories(ctx, { sources }).then((m) => ({ ...m, made: [m.merge.resultId] }));
    const { result, changes: made } = await merge(ctx, sources, words());
    return { changes: made, made: [result] };
  };
  /** What people say of names; the commands draft the same once they have looked the names up. */
  const said = async (ctx: Context) => {
    const [name, other] = [one(WORDS).toLowerCase(), one(WORDS).toLowerCase()];
    const ends = { from: name, to: other, relation: "goes with" };
    const [id, edge] = [entityIdOf(name), edgeIdOf(ends)];
    const changes = await appended(ctx, async (_tx, at) => {
      const head = draftHead(envelope(ctx));
      const drafts = [
        draft.introduce(head, id, { name, called: name, type: "other" }),
        draft.rename(head, id, { name, called: words() }),
        draft.retype(head, id, { name, type: "place" }),
        draft.alias(head, id, { name, into: entityIdOf(other), intoName: other }),
        draft.hideEntity(head, id, { name }),
        draft.relate(head, edge, { ...ends, validAt: null, invalidAt: null }),
        draft.weigh(head, edge, { ...ends, weight: [1 + below(900_000), 0], source: ctx.source, at }),
        draft.hideEdge(head, edge, ends),
      ];
      return [one(drafts)];
    });
    return { changes };
  };
  const act = async (ctx: Context): Promise<{ changes: readonly Written[]; made?: readonly string[] }> => {
    const roll = memories.length < 3 ? 0 : below(100);
    if (roll < 15)
      return createMemory(ctx, { content: words(), scope: { sessionId: one(WORDS) } }).then((m) => ({
        ...m,
        made: [m.memory.id],
      }));
    if (roll < 18)
      return createMemories(ctx, [{ content: words() }, { content: words() }]).then((m) => ({
        changes: [],
        made: m.items.map((i) => i.memory.id),
      }));
    if (roll < 40) return update(ctx, edits());
    if (roll < 60) return judged(ctx);
    if (roll < 68) return merged(ctx);
    if (roll < 88) return taken(ctx);
    if (roll < 92) return said(ctx);
    if (roll < 95) return tuneParameter(ctx, { name: one(TUNABLE), value: 1 + below(5) });
    if (roll < 98)
      return bulkMemories(ctx, {
        ids: some(4),
        action: one(["archive", "restore", "pin", "unpin", "addTag"] as const),
        value: "bulk",
      });
    const id = one(memories);
    return purgeMemory(ctx, { id, confirm: id }).then(() => ({ changes: [] }));
  };
  return {
    next: async () => {
      try {
        const done = await act(one(callers));
        memories.push(...(done.made ?? []).filter((id) => !memories.includes(id)));
        changes.push(...done.changes);
        return done.changes;
      } catch (error) {
        // Such as an edit of a memory that was taken back: a person would be told so, and nothing is written.
        if (error instanceof Refusal) return [];
        throw error;
      }
    },
  };
}
