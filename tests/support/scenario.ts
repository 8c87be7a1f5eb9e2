/**
 * Short histories in the product's own words, for tests that tell one story. Every append also checks the projection
 * against the fold, so no story can be told without the laws looking on.
 */
import {
  brand,
  changeId,
  memoryId,
  millis,
  type MemoryId,
  type RelationId,
  type WorkspaceId,
} from "@/lib/domain/ids";
import { draft, type DraftHead, type Linked, type Made } from "@/lib/domain/ledger/draft";
import { expectProjection } from "./check-laws";
import { inMemoryLedger } from "./in-memory-ledger";
import { total } from "@/lib/domain/registers/evidence";
import type { Applied } from "@/lib/domain/ledger/apply";
import type {
  Change,
  Draft,
  MemoryBirth,
  ObservePayload,
  SetPayload,
  SourceKey,
  Support,
  Weight,
} from "@/lib/domain/ledger/change";
import type { MemoryView } from "@/lib/domain/memory/memory";

export const DAY = 86_400_000;
export const START = millis(Date.UTC(2026, 0, 1));
const WORKSPACE = brand<WorkspaceId>("workspace");

export interface Told {
  readonly by?: SourceKey;
  /** Days after the start. */
  readonly day?: number;
  readonly shares?: ObservePayload["shares"];
}

export function scenario() {
  const ledger = inMemoryLedger();
  let made = 0;
  const next = (name: string) => `${name}${(made += 1)}`;
  const heads = () => {
    const groupId = brand<DraftHead["groupId"]>(next("group-"));
    return (more: Partial<DraftHead> = {}): DraftHead => ({
      id: changeId(next("change-")),
      actor: "key:me",
      cause: { kind: "request" },
      groupId,
      cycleId: null,
      origin: "rest",
      session: null,
      ...more,
    });
  };
  const append = async (...drafts: readonly Draft[]): Promise<Applied> => {
    const applied = await ledger.append(drafts, millis(START + ledger.all.length));
    expectProjection(ledger);
    return applied;
  };
  const one = async (d: Draft): Promise<Change> => {
    const {
      changes: [change],
    } = await append(d);
    if (change === undefined) throw new Error("a draft became no change");
    return change;
  };

  return {
    ledger,
    append,
    heads,
    remember: async (
      content: string,
      birth: Partial<MemoryBirth> = {},
      head: Partial<DraftHead> = {},
    ): Promise<Made> => {
      const id = memoryId(next("memory-"));
      const change = await one(draft.create(heads()(head), id, birthOf(content, birth)));
      return { id, createdBy: change.id };
    },
    edit: (on: Made, content: string, madeFrom: readonly MemoryId[] = []) =>
      one(draft.edit(heads()(), on, { content, madeFrom })),
    set: (on: Made, payload: SetPayload) => one(draft.set(heads()(), on, payload)),
    archive: (on: Made, support: Support | null = null) => one(draft.archive(heads()({ support }), on)),
    restore: (on: Made) => one(draft.restore(heads()(), on)),
    remove: (on: Made) => one(draft.delete(heads()(), on)),
    pin: (on: Made) => one(draft.pin(heads()(), on)),
    quarantine: (on: Made) => one(draft.quarantine(heads()(), on)),
    purge: (on: Made) => one(draft.purge(heads()(), on.id)),
    observe: (on: Made, weight: Weight, told: Told = {}) =>
      one(draft.observe(heads()(), on, observation(weight, told))),
    supersede: async (on: Made, by: Made): Promise<readonly Change[]> => {
      const head = heads();
      return (await append(draft.supersede(head(), on, by), draft.contest(head(), on, by))).changes;
    },
    merge: async (sources: readonly Made[], content: string, madeFrom: readonly MemoryId[] = []) => {
      const head = heads();
      const id = memoryId(next("result-"));
      const named = sources.map((s) => ({ ...s, mergedFrom: ledger.views.get(s.id)?.mergedFrom ?? [] }));
      const merge = draft.merge(head(), id, {
        ...birthOf(content),
        madeFrom,
        sources: named,
        similarity: null,
      });
      const result = { id, createdBy: merge.id };
      const { changes } = await append(merge, ...sources.map((s) => draft.member(head(), s, result)));
      return { ...result, changes, members: changes.slice(1) };
    },
    link: async (from: Made, to: Made, relation: string): Promise<Linked> => {
      const id = brand<RelationId>(`${from.id}→${to.id}`);
      return { id, linkedBy: (await one(draft.link(heads()(), id, { from, to, relation }))).id };
    },
    observeRelation: (on: Linked, weight: Weight) =>
      one(draft.observeRelation(heads()(), on, observation(weight, {}))),
    tune: (name: string, value: number) => one(draft.tune(heads()(), WORKSPACE, { name, value })),
    /** One group of reverts; the answer holds the revert changes, to be redone by reverting those. */
    revert: async (...changes: readonly (Change | Made)[]): Promise<readonly Change[]> => {
      const head = heads();
      const ids = changes.map((c) => ("createdBy" in c ? c.createdBy : c.id));
      return (await append(...(await ledger.changes(ids)).map((c) => draft.revert(head(), c)))).changes;
    },
    view: (of: Made): MemoryView => {
      const found = ledger.views.get(of.id);
      if (found === undefined) throw new Error(`nothing was ever written to ${of.id}`);
      return found;
    },
    evidence: (of: Made): Weight => total(ledger.views.get(of.id)?.evidence ?? {}),
    status: (of: Change | Made) =>
      ledger.statuses.get("createdBy" in of ? of.createdBy : of.id)?.state ?? "live",
  };
}

export const birthOf = (content: string, birth: Partial<MemoryBirth> = {}): MemoryBirth => ({
  content,
  kind: "fact",
  tags: [],
  metadata: {},
  scope: {},
  source: { channel: "rest" },
  trust: "owner",
  validAt: START,
  invalidAt: null,
  ...birth,
});

const observation = (weight: Weight, { by = "owner:me", day = 0, shares = null }: Told): ObservePayload => ({
  weight,
  source: by,
  at: millis(START + day * DAY),
  signalId: null,
  retrievalId: null,
  rank: null,
  queryKey: null,
  shares,
});
