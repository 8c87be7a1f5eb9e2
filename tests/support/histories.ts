/**
 * Random histories of real commands, as data. A step names what it acts on by number, modulo what there is when it is
 * played (`play.ts`), so every sequence of steps is a legal history and a failing one shrinks to a short one.
 */
import fc from "fast-check";

export const SET_REGISTERS = ["kind", "tags", "metadata", "validAt", "invalidAt"] as const;
export const FLAG_OPS = ["pin", "quarantine", "archive", "restore", "delete"] as const;
/** Whose words a result's text is made of. */
export const MADE_FROM = ["nobody", "first", "all", "leaves"] as const;
export const ENTITY_OPS = ["introduce", "rename", "retype", "alias", "hide"] as const;
export const EDGE_OPS = ["relate", "weigh", "hide"] as const;
export const SELECTIONS = ["origin", "session", "actor"] as const;

interface Steps {
  readonly create: { readonly text: number };
  readonly edit: { readonly memory: number; readonly text: number; readonly madeFrom: MadeFrom };
  readonly set: {
    readonly memory: number;
    readonly register: (typeof SET_REGISTERS)[number];
    readonly value: number;
  };
  readonly flag: { readonly memory: number; readonly op: (typeof FLAG_OPS)[number] };
  /** Takes back every pin in force: an unpin is nothing else. */
  readonly unpin: { readonly memory: number };
  readonly observe: Observation & { readonly memory: number };
  readonly supersede: { readonly memory: number; readonly by: number };
  readonly contest: { readonly memory: number; readonly by: number };
  readonly merge: {
    readonly sources: readonly number[];
    readonly madeFrom: MadeFrom;
    readonly claimed: boolean;
  };
  readonly link: { readonly from: number; readonly to: number };
  readonly observeRelation: Observation & { readonly relation: number };
  /** What a person says of a name that some text holds, or of another one. */
  readonly entity: {
    readonly op: (typeof ENTITY_OPS)[number];
    readonly name: number;
    readonly into: number;
    readonly value: number;
  };
  readonly edge: Observation & {
    readonly op: (typeof EDGE_OPS)[number];
    readonly from: number;
    readonly to: number;
  };
  readonly tune: { readonly name: number; readonly value: number };
  /** A person says no to what a cycle asked. */
  readonly decline: { readonly question: number; readonly forever: boolean };
  /**
   * A decision that rests on observations: `margin` is what its gate has to spare in millionths; less than nothing for a
   * proposal that is approved after some of its evidence was taken back.
   */
  readonly decide: { readonly memory: number; readonly evidence: readonly number[]; readonly margin: number };
  /** All that one improvement cycle applies, as one group: a merge, an archived and a quarantined memory, a tuned parameter. */
  readonly cycle: {
    readonly sources: readonly number[];
    readonly archive: number;
    readonly quarantine: number;
    readonly value: number;
  };
  readonly revert: { readonly change: number };
  /** Reverts a revert; twice in a row, it is the revert of a redo. */
  readonly redo: { readonly revert: number };
  readonly revertGroup: { readonly group: number };
  readonly revertSelection: { readonly by: (typeof SELECTIONS)[number] };
  readonly purge: { readonly memory: number };
  /** Several drafts in one append that name one another, reverts of each other among them. */
  readonly batch: { readonly text: number; readonly memory: number; readonly reverts: readonly number[] };
}

export type MadeFrom = (typeof MADE_FROM)[number];
export interface Observation {
  readonly alpha: number;
  readonly beta: number;
  readonly source: number;
  readonly day: number;
  /** How the observation on a merge's result is split over its leaves, as proportions. */
  readonly split: readonly number[];
}
export type StepKind = keyof Steps;
export type StepOf<K extends StepKind> = { readonly do: K; readonly who: number } & Steps[K];
export type Step = { [K in StepKind]: StepOf<K> }[StepKind];

/** A history, and numbers by which a law chooses what to do to it. */
export interface Story {
  readonly steps: readonly Step[];
  readonly picks: readonly number[];
}

const number = fc.nat({ max: 63 });
const memory = fc.nat({ max: 11 });
const madeFrom = fc.constantFrom(...MADE_FROM);
const observation = {
  alpha: fc.nat({ max: 2_000_000 }),
  beta: fc.nat({ max: 2_000_000 }),
  source: number,
  day: fc.nat({ max: 3 }),
  split: fc.array(number, { minLength: 1, maxLength: 4 }),
};

type Fields<K extends StepKind> = { readonly [F in keyof Steps[K]]: fc.Arbitrary<Steps[K][F]> };

function often<K extends StepKind>(weight: number, kind: K, fields: Fields<K>) {
  // A record of the fields' arbitraries is the arbitrary of the record; TypeScript cannot see it through the generic K.
  const arbitrary = fc.record({
    do: fc.constant(kind),
    who: number,
    ...fields,
  }) as unknown as fc.Arbitrary<Step>;
  return { weight, arbitrary };
}

export const step: fc.Arbitrary<Step> = fc.oneof(
  often(5, "create", { text: number }),
  often(5, "edit", { memory, text: number, madeFrom }),
  often(4, "set", { memory, register: fc.constantFrom(...SET_REGISTERS), value: number }),
  often(5, "flag", { memory, op: fc.constantFrom(...FLAG_OPS) }),
  often(1, "unpin", { memory }),
  often(10, "observe", { memory, ...observation }),
  often(2, "supersede", { memory, by: memory }),
  often(1, "contest", { memory, by: memory }),
  often(7, "merge", {
    sources: fc.array(memory, { minLength: 2, maxLength: 4 }),
    madeFrom,
    claimed: fc.boolean(),
  }),
  often(2, "link", { from: memory, to: memory }),
  often(2, "observeRelation", { relation: number, ...observation }),
  often(4, "entity", { op: fc.constantFrom(...ENTITY_OPS), name: number, into: number, value: number }),
  often(4, "edge", { op: fc.constantFrom(...EDGE_OPS), from: number, to: number, ...observation }),
  often(2, "tune", { name: number, value: number }),
  often(2, "decline", { question: fc.nat({ max: 2 }), forever: fc.boolean() }),
  often(3, "decide", {
    memory,
    evidence: fc.array(number, { minLength: 1, maxLength: 3 }),
    margin: fc.integer({ min: -9, max: 54 }),
  }),
  often(2, "cycle", {
    sources: fc.array(memory, { minLength: 2, maxLength: 3 }),
    archive: memory,
    quarantine: memory,
    value: number,
  }),
  often(12, "revert", { change: number }),
  often(6, "redo", { revert: number }),
  often(5, "revertGroup", { group: number }),
  often(1, "revertSelection", { by: fc.constantFrom(...SELECTIONS) }),
  often(2, "purge", { memory }),
  often(3, "batch", { text: number, memory, reverts: fc.array(number, { maxLength: 3 }) }),
);

/** Starts with four memories, so that what follows has something to act on. */
export const story: fc.Arbitrary<Story> = fc.record({
  steps: fc
    .array(step, { minLength: 4, maxLength: 36, size: "max" })
    .map((steps) => [...[0, 1, 2, 3].map((n): Step => ({ do: "create", who: n * 7, text: n })), ...steps]),
  picks: fc.array(fc.nat({ max: 1023 }), { minLength: 12, maxLength: 12 }),
});
