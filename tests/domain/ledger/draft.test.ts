/** What each change stands on is written down once, in its maker, and decides what every later revert suspends. */
import { expect, it } from "vitest";

import { birthOf, scenario } from "@/tests/support/scenario";
import {
  brand,
  changeId,
  memoryId,
  millis,
  type EdgeId,
  type EntityId,
  type QuestionId,
  type RelationId,
  type WorkspaceId,
} from "@/lib/domain/ids";
import { draft, type Linked, type Made } from "@/lib/domain/ledger/draft";
import { OPS, type Draft, type ObservePayload } from "@/lib/domain/ledger/change";

const { heads } = scenario();
const head = heads();
const made = (name: string): Made => ({ id: memoryId(name), createdBy: changeId(`creation of ${name}`) });
const [a, b, result] = [made("a"), made("b"), made("result")];
const linked: Linked = { id: brand<RelationId>("r"), linkedBy: changeId("link of r") };
const [entity, edge] = [brand<EntityId>("e"), brand<EdgeId>("g")];
const ends = { from: "ada", to: "bo", relation: "knows" };
const told: ObservePayload = {
  weight: [1, 0],
  source: "owner:me",
  at: millis(0),
  signalId: null,
  retrievalId: null,
  rank: null,
  queryKey: null,
  shares: null,
};
const merge = (inner: readonly string[]): Draft =>
  draft.merge(head(), result.id, {
    ...birthOf("both"),
    madeFrom: [],
    similarity: null,
    sources: [
      { ...a, mergedFrom: inner.map(memoryId) },
      { ...b, mergedFrom: [] },
    ],
  });

const STANDS_ON: Readonly<Record<string, { readonly of: Draft; readonly on: readonly string[] }>> = {
  "a creation on nothing": { of: draft.create(head(), a.id, birthOf("a")), on: [] },
  "an edit on the creation": {
    of: draft.edit(head(), a, { content: "a", madeFrom: [] }),
    on: ["creation of a"],
  },
  "a set on the creation": {
    of: draft.set(head(), a, { register: "kind", value: "fact" }),
    on: ["creation of a"],
  },
  "an archive on the creation": { of: draft.archive(head(), a), on: ["creation of a"] },
  "a restore on the creation": { of: draft.restore(head(), a), on: ["creation of a"] },
  "a deletion on the creation": { of: draft.delete(head(), a), on: ["creation of a"] },
  "a pin on the creation": { of: draft.pin(head(), a), on: ["creation of a"] },
  "a quarantine on the creation": { of: draft.quarantine(head(), a), on: ["creation of a"] },
  "an observation on the creation": { of: draft.observe(head(), a, told), on: ["creation of a"] },
  "an observation with shares on nothing": {
    of: draft.observe(head(), result, { ...told, shares: { [a.id]: [1, 0] } }),
    on: [],
  },
  "an observation of a relation on the link": {
    of: draft.observeRelation(head(), linked, told),
    on: ["link of r"],
  },
  "a supersession on both creations": {
    of: draft.supersede(head(), a, b),
    on: ["creation of a", "creation of b"],
  },
  "a contest on both creations": { of: draft.contest(head(), a, b), on: ["creation of a", "creation of b"] },
  "a merge of plain memories on nothing": { of: merge([]), on: [] },
  "a merge of a result on that result's merge": { of: merge(["x"]), on: ["creation of a"] },
  "a membership on the source's creation and the merge": {
    of: draft.member(head(), a, result),
    on: ["creation of a", "creation of result"],
  },
  "a link on both creations": {
    of: draft.link(head(), linked.id, { from: a, to: b, relation: "knows" }),
    on: ["creation of a", "creation of b"],
  },
  "a link of a memory with itself on its creation once": {
    of: draft.link(head(), linked.id, { from: a, to: a, relation: "is" }),
    on: ["creation of a"],
  },
  "a parameter change on nothing": {
    of: draft.tune(head(), brand<WorkspaceId>("w"), { name: "x", value: 1 }),
    on: [],
  },
  ...Object.fromEntries(
    [
      draft.introduce(head(), entity, { name: "ada", called: "Ada", type: "person" }),
      draft.rename(head(), entity, { name: "ada", called: "Ada B." }),
      draft.retype(head(), entity, { name: "ada", type: "place" }),
      draft.alias(head(), entity, { name: "ada", into: brand<EntityId>("f"), intoName: "ada byron" }),
      draft.hideEntity(head(), entity, { name: "ada" }),
      draft.relate(head(), edge, { ...ends, validAt: null, invalidAt: null }),
      draft.weigh(head(), edge, { ...ends, weight: [1, 0], source: "owner:me", at: millis(0) }),
      draft.hideEdge(head(), edge, ends),
    ].map((of) => [`what is said of names (${of.op}, ${of.target.type}) on nothing`, { of, on: [] }]),
  ),
  "a decline on nothing": {
    of: draft.decline(head(), brand<QuestionId>("q"), {
      question: "merge a b",
      kind: "merge",
      proposal: "p",
      certainty: 0.5,
      forever: false,
    }),
    on: [],
  },
  "a revert on nothing": {
    of: draft.revert(head(), { id: changeId("c"), target: { type: "memory", id: a.id } }),
    on: [],
  },
  "a purge on nothing": { of: draft.purge(head(), a.id), on: [] },
};

it.each(Object.entries(STANDS_ON))("%s", (_claim, { of, on }) => {
  expect(of.dependsOn).toEqual(on);
});

it("there is a maker for every op", () => {
  expect(new Set(Object.values(STANDS_ON).map(({ of }) => of.op))).toEqual(new Set(OPS));
});

it("only a revert names what it reverts, and it has the target of that", () => {
  const reverts = Object.values(STANDS_ON)
    .filter(({ of }) => of.reverts !== null)
    .map(({ of }) => [of.op, of.reverts, of.target.id]);
  expect(reverts).toEqual([["revert", "c", "a"]]);
});

it("a decision carries its support, anything else none", () => {
  const support = { terms: [{ change: changeId("c"), amount: 3 }], threshold: 2 };
  expect(draft.archive(head({ support }), a).support).toEqual(support);
  expect(draft.archive(head(), a).support).toBeNull();
});
