import { credits, marks, UseLog, type User } from "./users";
import type { LearningSet } from "./sets";

import { cuePart, seenFrom } from "@/lib/domain/learning/cue";
import { NOTHING_SETTLED, settle, type CueTerm, type Settled } from "@/lib/domain/learning/settle";
import { agreementOf, agreementWithin, type ReportedUse } from "@/lib/domain/learning/agreement";
import { drawn, explores } from "@/lib/domain/learning/explore";
import { learnUnsureStep, unsureStepNow } from "@/lib/domain/cycle/unsure-step";
import { belief, posterior } from "@/lib/domain/memory/confidence";
import { millis } from "@/lib/domain/ids";
import type { SourceKey, Weight } from "@/lib/domain/ledger/change";
import type { Parameters } from "@/lib/domain/parameters";
import * as evidence from "@/lib/domain/registers/evidence";
import type { TrustClass } from "@/lib/domain/memory/memory";
import { seededRandom } from "../seeded-random";

export interface Run {
  readonly user: User;
  readonly seed: number;
  readonly cycles: number;
  readonly parameters: Parameters;
  readonly learner?: "ours" | "kNN";
  /** Share of the reports that say the opposite. */
  readonly poison?: number;
  /** Reports by strangers that say the opposite of everything, each cycle, from so many sources of low trust. */
  readonly strangers?: { readonly sources: number; readonly perCycle: number };
  /** What helps from a cycle on. */
  readonly flip?: { readonly at: number; readonly relevant: readonly ReadonlySet<number>[] };
  readonly relevant?: readonly ReadonlySet<number>[];
  /** Whether cycles tune what they may tune here; they do unless told otherwise. */
  readonly tunes?: boolean;
}

/** Means after each cycle; the first is the start. */
export interface Curve {
  readonly test: readonly number[];
  /** The same question by question, by cycle. */
  readonly testQuestions: readonly (readonly number[])[];
  readonly control: readonly number[];
  /** What the user who is learned from sees on the training questions, by cycle, exploration and all. */
  readonly seen: readonly number[];
  /** `learning.cue.step` in force after each cycle: how far unsure evidence moves. */
  readonly step: readonly number[];
}

const SHOWN = 10;
/** Reports that an improvement cycle reads. */
const RECENT_REPORTS = 2000;
const NOW = millis(Date.UTC(2026, 0, 2));
const OWNER: { readonly source: SourceKey; readonly trust: TrustClass } = {
  source: "owner:key/bench",
  trust: "owner",
};

/** One user's cycles over one set: each cycle every training question is asked once and reported on, then all is measured. */
export function simulate(set: LearningSet, run: Run): Curve {
  const world = new World(set, run);
  const [control, seen, step]: [number[], number[], number[]] = [[], [], []];
  const testQuestions: (readonly number[])[] = [];
  for (let cycle = 0; cycle <= run.cycles; cycle += 1) {
    world.enter(cycle);
    step.push(world.step);
    testQuestions.push(world.measure(set.test));
    control.push(meanOf(world.measure(set.control)));
    if (cycle < run.cycles) seen.push(world.learn(cycle));
  }
  return { test: testQuestions.map(meanOf), testQuestions, control, seen, step };
}

const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

interface Learned {
  readonly terms: CueTerm[];
  /** What reports of use said, with the number of the report. */
  readonly uses: (ReportedUse & { readonly report: number })[];
  readonly questions: number[];
  readonly place: Map<number, number>;
  sums: evidence.EvidenceSums;
  settled: Settled;
  utility: number;
  isStale: boolean;
}

class World {
  readonly #set: LearningSet;
  readonly #run: Run;
  readonly #random: () => number;
  readonly #log = new UseLog();
  readonly #memories: Learned[];
  #relevant: readonly ReadonlySet<number>[];
  #clock = 0;
  #parameters: Parameters;
  #reports = 0;

  constructor(set: LearningSet, run: Run) {
    [this.#set, this.#run, this.#random] = [set, run, seededRandom(run.seed)];
    this.#relevant = run.relevant ?? set.relevant;
    this.#parameters = run.parameters;
    const unjudged = this.#utilityOf(evidence.initial);
    this.#memories = Array.from({ length: set.memories }, () => ({
      terms: [],
      uses: [],
      questions: [],
      place: new Map(),
      sums: evidence.initial,
      settled: NOTHING_SETTLED,
      utility: unjudged,
      isStale: false,
    }));
  }

  enter(cycle: number): void {
    if (this.#run.flip?.at === cycle) this.#relevant = this.#run.flip.relevant;
    for (const memory of this.#memories) if (memory.isStale) this.#settle(memory);
    if (this.#run.tunes !== false) this.#tune();
  }

  /** How far unsure evidence moves at the moment. */
  get step(): number {
    return this.#parameters["learning.cue.step"];
  }

  /** What an improvement cycle of the product does about it, with the same rule, parameters and bound. */
  #tune(): void {
    const since = this.#reports - RECENT_REPORTS;
    const said = this.#memories.map((memory) => {
      const uses = memory.uses.filter(({ report }) => report > since);
      const nearness = (a: number, b: number) => this.#nearness(memory, a, b);
      return agreementWithin({ uses, nearness }, this.#parameters);
    });
    const found = learnUnsureStep(
      agreementOf(said),
      unsureStepNow(this.#parameters, this.#run.parameters["learning.cue.step"]),
    );
    if (found?.gate.passed) this.#parameters = { ...this.#parameters, "learning.cue.step": found.value };
  }

  #nearness({ questions }: Learned, a: number, b: number): number {
    return this.#set.nearness[questions[a] ?? 0]?.[questions[b] ?? 0] ?? 0;
  }

  measure(queries: readonly number[]): number[] {
    return queries.map((query) => ndcg(this.#shown(query), this.#relevant[query] ?? NOTHING));
  }

  learn(cycle: number): number {
    let seen = 0;
    for (const query of this.#set.train) {
      const recall = `${this.#run.seed} ${cycle} ${query}`;
      const shown = this.#shown(query, explores(recall, this.#run.parameters) ? recall : null);
      seen += ndcg(shown, this.#relevant[query] ?? NOTHING);
      const turned = this.#random() < (this.#run.poison ?? 0);
      const helps = shown.map((memory) => (this.#relevant[query]?.has(memory) ?? false) !== turned);
      const weights = credits(this.#run.user, marks(this.#run.user, { helps, random: this.#random }), {
        trust: OWNER.trust,
        parameters: this.#run.parameters,
        log: this.#log,
      });
      this.#reports += 1;
      shown.forEach((memory, rank) =>
        this.#observe(memory, query, { weight: weights[rank] ?? [0, 0], source: OWNER.source }),
      );
    }
    this.#flood();
    return seen / this.#set.train.length;
  }

  #flood(): void {
    const { strangers, parameters } = this.#run;
    for (let i = 0; strangers && i < strangers.perCycle; i += 1) {
      const query = this.#set.train[Math.floor(this.#random() * this.#set.train.length)] ?? 0;
      const shown = this.#shown(query);
      const helps = shown.map((memory) => !this.#relevant[query]?.has(memory));
      const weights = credits("explicit", helps, { trust: "low", parameters, log: this.#log });
      shown.forEach((memory, rank) =>
        this.#observe(memory, query, {
          weight: weights[rank] ?? [0, 0],
          source: `low:key/${i % strangers.sources}`,
        }),
      );
    }
  }

  #observe(
    memory: number,
    query: number,
    { weight, source }: { readonly weight: Weight; readonly source: SourceKey },
  ): void {
    const own = this.#memories[memory];
    if (!own || weight[0] + weight[1] === 0) return;
    let place = own.place.get(query);
    if (place === undefined) {
      place = own.questions.push(query) - 1;
      own.place.set(query, place);
    }
    const at = millis(NOW + (this.#clock += 1));
    own.terms.push({ question: place, at, weight, source });
    if (this.#run.user !== "explicit")
      own.uses.push({ question: place, recall: String(this.#reports), weight, report: this.#reports });
    own.sums = evidence.step(own.sums, { source, at, weight });
    own.isStale = true;
  }

  #settle(memory: Learned): void {
    const cosine = (a: number, b: number) => this.#nearness(memory, a, b);
    memory.isStale = false;
    // Every outcome here is about a question: nothing is said of a memory at large, so its utility stays what it was.
    memory.settled =
      this.#run.learner === "kNN"
        ? NOTHING_SETTLED
        : settle(memory.questions.length, memory.terms, {
            kind: "fact",
            now: NOW,
            parameters: this.#run.parameters,
            cosine,
          });
  }

  #utilityOf(sums: evidence.EvidenceSums): number {
    return belief(sums, { kind: "fact", now: NOW, parameters: this.#run.parameters }).utility;
  }

  #shown(query: number, explored: string | null = null): number[] {
    const base = this.#set.base[query] ?? new Float64Array();
    const near = this.#set.nearness[query] ?? new Float32Array();
    const scores = this.#memories.map((memory, i) => {
      const tried =
        explored === null
          ? 0
          : drawn(
              posterior(memory.sums, { kind: "fact", now: NOW, parameters: this.#run.parameters }),
              { recall: explored, memory: String(i) },
              this.#run.parameters,
            );
      const own = (base[i] ?? -Infinity) + tried;
      if (memory.terms.length === 0 || own === -Infinity) return own;
      return (
        own +
        (this.#run.learner === "kNN"
          ? naive(memory.terms, memory.questions, near)
          : this.#learned(memory, near, this.#set.similarity[query]?.[i] ?? 0))
      );
    });
    return best(scores, SHOWN);
  }

  #learned(memory: Learned, near: Float32Array, similarity: number): number {
    const parameters = this.#parameters;
    const learned = seenFrom(memory.settled, (place) => near[memory.questions[place] ?? 0] ?? -1, parameters);
    return cuePart(learned, similarity, parameters) + parameters["recall.weight.utility"] * memory.utility;
  }
}

const NOTHING: ReadonlySet<number> = new Set();

/** The usual simple way: what helped near questions, weighted by how near they are, moves the score. */
function naive(terms: readonly CueTerm[], questions: readonly number[], near: Float32Array): number {
  const [floor, power] = [0.45, 4];
  let [x, n] = [0, 0];
  for (const { question, weight } of terms) {
    const kernel = Math.max(0, ((near[questions[question] ?? 0] ?? -1) - floor) / (1 - floor)) ** power;
    x += (kernel * (weight[0] - weight[1])) / 1e6;
    n += (kernel * (weight[0] + weight[1])) / 1e6;
  }
  return x / (n + 1);
}

function best(scores: readonly number[], most: number): number[] {
  const found: number[] = [];
  scores.forEach((score, i) => {
    if (
      score === -Infinity ||
      (found.length === most && score <= (scores[found[most - 1] ?? 0] ?? -Infinity))
    )
      return;
    let at = found.length;
    while (at > 0 && (scores[found[at - 1] ?? 0] ?? 0) < score) at -= 1;
    found.splice(at, 0, i);
    if (found.length > most) found.pop();
  });
  return found;
}

const gain = (place: number): number => 1 / Math.log2(place + 2);

function ndcg(shown: readonly number[], relevant: ReadonlySet<number>): number {
  let [got, ideal] = [0, 0];
  shown.forEach((memory, place) => (got += relevant.has(memory) ? gain(place) : 0));
  for (let place = 0; place < Math.min(SHOWN, relevant.size); place += 1) ideal += gain(place);
  return got / ideal;
}
