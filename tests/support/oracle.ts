/**
 * What the laws are checked against, each worked out in the plainest way from the whole ledger: no index, no memory of
 * earlier answers, no code shared with the production path except the registers themselves.
 */
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";

import canonicalize from "canonicalize";
import { expect } from "vitest";

import { total } from "@/lib/domain/registers/evidence";
import type { Change, Weight } from "@/lib/domain/ledger/change";
import type { ChangeId, EdgeId, EntityId, MemoryId, QuestionId, RelationId } from "@/lib/domain/ids";
import type { MemoryView } from "@/lib/domain/memory/memory";
import type { NotLive } from "@/lib/domain/ledger/live";
import type { State } from "@/lib/domain/ledger/state";

/** Canonical JSON of a value; maps and sets become sorted lists, so that equal content has one text. */
export function canonical(value: unknown): string {
  return canonicalize(plain(value)) ?? "";
}

function plain(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, own]) => [key, plain(own)]));
  if (value instanceof Set) return [...value].sort();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, plain(own)]));
}

/** The state without the places in the ledger that its pieces came from. */
export function comparable(state: State): Omit<State, "relations" | "entities" | "edges" | "questions"> & {
  readonly questions: ReadonlyMap<QuestionId, unknown>;
  readonly relations: ReadonlyMap<RelationId, unknown>;
  readonly entities: ReadonlyMap<EntityId, unknown>;
  readonly edges: ReadonlyMap<EdgeId, unknown>;
} {
  const relations = [...state.relations].map(([id, own]) => {
    const assertedBy = new Set(own.presence.map((a) => a.by));
    return [id, { ends: own.ends, evidence: own.evidence, assertedBy }] as const;
  });
  const entities = [...state.entities].map(([id, own]) => {
    const aliases = own.aliases.map(({ by, names, name }) => ({ by, names, name }));
    const flags = [own.introductions, own.hides].map((flag) => new Set(flag.map((a) => a.by)));
    const { name, called, type } = own;
    return [id, { name, called: called?.value, type: type?.value, flags, aliases }] as const;
  });
  const edges = [...state.edges].map(([id, { ends, presence, evidence, hides }]) => {
    const related = presence.map(({ by, validAt, invalidAt }) => ({ by, validAt, invalidAt }));
    return [id, { ends, related, evidence, hiddenBy: new Set(hides.map((a) => a.by)) }] as const;
  });
  const questions = [...state.questions].map(([id, { declines }]) => {
    return [id, declines.map(({ by, forever }) => ({ by, forever }))] as const;
  });
  const said = { entities: new Map(entities), edges: new Map(edges), questions: new Map(questions) };
  return { ...state, relations: new Map(relations), ...said };
}

export const stateDigest = (state: State): string =>
  createHash("sha256")
    .update(canonical(withoutEmptyEdits(state)))
    .digest("hex");

/** Ledgers from before there were entity edits, and answers to cycles, keep the digests that were recorded of them. */
function withoutEmptyEdits(state: State): unknown {
  const { entities, edges, questions, ...others } = comparable(state);
  const rest = questions.size === 0 ? others : { ...others, questions };
  return entities.size + edges.size === 0 ? rest : { ...rest, entities, edges };
}

/** Equal in content, whatever the order of keys; the texts are made only to show a difference. */
export function expectSame(actual: unknown, expected: unknown): void {
  if (isDeepStrictEqual(actual, expected)) return;
  expect(canonical(actual)).toBe(canonical(expected));
  throw new Error("unequal, though their canonical texts are equal");
}

export const expectSameState = (actual: State, expected: State): void =>
  expectSame(comparable(actual), comparable(expected));

/** live(c) = no live revert of c, and every dependency of c is live; with the first reason where it is not. */
export function statusesOf(changes: readonly Change[]): Map<ChangeId, NotLive> {
  const byId = new Map(changes.map((c) => [c.id, c]));
  const live = (c: Change): NotLive | "live" => {
    const revert = changes.find((r) => r.reverts === c.id && live(r) === "live");
    if (revert) return { state: "reverted", by: revert.id };
    const missing = c.dependsOn.find((id) => {
      const dependency = byId.get(id);
      return dependency === undefined || live(dependency) !== "live";
    });
    return missing === undefined ? "live" : { state: "suspended", by: missing };
  };
  return new Map(changes.flatMap((c) => [[c.id, live(c)] as const]).filter(isNotLive));
}

const isNotLive = (entry: readonly [ChangeId, NotLive | "live"]): entry is [ChangeId, NotLive] =>
  entry[1] !== "live";

export const liveOnes = (changes: readonly Change[]): Change[] => {
  const notLive = statusesOf(changes);
  return changes.filter((c) => !notLive.has(c.id));
};

/** Decisions whose gate fails: what is live of their support does not add up to the threshold. */
export function unsupportedIn(changes: readonly Change[]): Set<ChangeId> {
  const notLive = statusesOf(changes);
  const fails = ({ support }: Change) =>
    support !== null &&
    support.terms.reduce((sum, t) => sum + (notLive.has(t.change) ? 0 : t.amount), 0) < support.threshold;
  return new Set(changes.filter(fails).map((c) => c.id));
}

/** The ledger as if some changes had never been made: without them, and without whatever stood on them. */
export function without(changes: readonly Change[], gone: (change: Change) => boolean): Change[] {
  const missing = new Set<ChangeId>();
  return changes.filter((c) => {
    const absent = gone(c) || c.dependsOn.some((id) => missing.has(id));
    if (absent) missing.add(c.id);
    return !absent;
  });
}

/** The memories of a state that are not inside another one; each memory's evidence is held by exactly one of these. */
export const roots = (state: State): MemoryView[] =>
  [...state.memories.values()].filter((view) => view.exists && view.mergedInto === null);

/** Evidence summed over the roots, in millionths. */
export const heldEvidence = (state: State): Weight =>
  addAll(roots(state).map((view) => total(view.evidence)));

/**
 * What the roots together have to hold: each live observation counts once where its memory exists; where it does not, each
 * of its shares counts once where the leaf exists.
 */
export function dueEvidence(changes: readonly Change[], state: State): Weight {
  const exists = (id: string) => state.memories.get(id as MemoryId)?.exists === true;
  const due = liveOnes(changes).flatMap((c): Weight[] => {
    if (c.op !== "observe" || c.target.type !== "memory") return [];
    if (exists(c.target.id)) return [c.payload.weight];
    return Object.entries(c.payload.shares ?? {}).flatMap(([leaf, share]) => (exists(leaf) ? [share] : []));
  });
  return addAll(due);
}

export const addAll = (weights: readonly Weight[]): Weight =>
  weights.reduce(([a, b], [alpha, beta]) => [a + alpha, b + beta], [0, 0]);
