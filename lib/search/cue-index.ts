import { NOTHING_LEARNED, seenFrom, type Learned } from "@/lib/domain/learning/cue";
import { settle, type CueTerm, type Settled } from "@/lib/domain/learning/settle";
import { CONSTANTS, type Parameters } from "@/lib/domain/parameters";
import * as evidence from "@/lib/domain/registers/evidence";
import { APART, questionNearness, type AskedOf } from "@/lib/domain/learning/question-nearness";
import type { EvidenceSums } from "@/lib/domain/registers/evidence";
import type { Kind } from "@/lib/domain/memory/memory";
import { millis, type Millis } from "@/lib/domain/ids";

/** A live observation of one memory, with the question it was made for. */
export interface JudgedFor extends Omit<CueTerm, "question"> {
  /** Names the question; equal vectors and people have equal names. */
  readonly question: string;
}

/** All that was observed of a memory, and the part of it that was observed for questions. */
export interface JudgedMemory {
  readonly terms: readonly JudgedFor[];
  readonly evidence: EvidenceSums;
  readonly kind: Kind;
}

interface Judged {
  /** Numbers of its questions among all. */
  readonly questions: Uint32Array;
  readonly terms: readonly CueTerm[];
  readonly kind: Kind;
  readonly general: EvidenceSums;
  settled: (Settled & { readonly day: number; readonly parameters: Parameters }) | null;
}

export interface CueClock {
  readonly now: Millis;
  readonly parameters: Parameters;
}

/**
 * What was learned for questions, by memory key. Each memory reads its own terms only; the questions' vectors are shared,
 * and go when no term names them any more. What the terms come to is settled when a search first asks, and kept for the day.
 */
export class CueIndex {
  readonly #asked = new Map<string, { readonly number: number; readonly asked: AskedOf; uses: number }>();
  readonly #byNumber: (AskedOf | undefined)[] = [];
  readonly #free: number[] = [];
  readonly #judged = new Map<number, Judged & { readonly names: readonly string[] }>();

  /** Whether this question's vector is held already, so that it need not be read again. */
  holds(question: string): boolean {
    return this.#asked.has(question);
  }

  /** Number of different questions with a vector. */
  get questions(): number {
    return this.#asked.size;
  }

  /** Memories with something learned. */
  get keys(): Iterable<number> {
    return this.#judged.keys();
  }

  /** Replaces all that is known of one memory. Terms whose question has no vector, held or given, say nothing. */
  set(key: number, judged: JudgedMemory, given: ReadonlyMap<string, AskedOf>): void {
    const usable = judged.terms.filter(({ question }) => this.#asked.has(question) || given.has(question));
    const names = [...new Set(usable.map((term) => term.question))];
    const numbers = Uint32Array.from(names, (name) => this.#use(name, given.get(name)));
    this.remove(key);
    if (names.length === 0) return;
    const place = new Map(names.map((name, i) => [name, i]));
    const terms = usable.map((term) => ({ ...term, question: place.get(term.question) ?? 0 }));
    this.#judged.set(key, {
      questions: numbers,
      names,
      terms,
      kind: judged.kind,
      general: withoutTerms(judged.evidence, usable),
      settled: null,
    });
  }

  /** What was observed of a memory at large, and not for a question that is known here; null: all of its evidence is. */
  generalOf(key: number): EvidenceSums | null {
    return this.#judged.get(key)?.general ?? null;
  }

  /** What was learned about one memory, seen from a question. */
  at(key: number, asked: AskedOf, clock: CueClock): Learned {
    const judged = this.#judged.get(key);
    if (!judged) return NOTHING_LEARNED;
    const nearness = (i: number) => this.#nearness(judged.questions[i] ?? 0, asked);
    return seenFrom(this.#settled(judged, clock), nearness, clock.parameters);
  }

  /** What would be learned about one memory if this were said of it for a question, seen from that question. */
  after(key: number, said: Said, clock: CueClock): Learned {
    const judged = this.#judged.get(key);
    const questions = [
      ...Array.from(judged?.questions ?? [], (number) => this.#byNumber[number] ?? NOTHING_ASKED),
      said.asked,
    ];
    const terms = [
      ...(judged?.terms ?? []),
      ...said.terms.map((term) => ({ ...term, question: questions.length - 1 })),
    ];
    const settled = settle(questions.length, terms, {
      kind: said.kind,
      ...clock,
      cosine: cosinesOf(questions),
    });
    const nearness = (i: number) => questionNearness(questions[i] ?? NOTHING_ASKED, said.asked);
    return seenFrom(settled, nearness, clock.parameters);
  }

  /** A question that is held here. */
  askedOf(question: string): AskedOf | null {
    return this.#asked.get(question)?.asked ?? null;
  }

  remove(key: number): void {
    const judged = this.#judged.get(key);
    if (!judged) return;
    this.#judged.delete(key);
    for (const name of judged.names) this.#release(name);
  }

  /** What was learned near a question, ready to be asked for each memory. */
  near(asked: AskedOf, clock: CueClock): NearCues {
    const reach = clock.parameters["learning.cue.reach"];
    const nearness = new Float32Array(this.#byNumber.length);
    for (let number = 0; number < nearness.length; number += 1)
      nearness[number] = this.#nearness(number, asked);
    const of = (key: number): Learned => {
      const judged = this.#judged.get(key);
      if (!judged) return NOTHING_LEARNED;
      const own = (i: number) => nearness[judged.questions[i] ?? 0] ?? APART;
      return seenFrom(this.#settled(judged, clock), own, clock.parameters);
    };
    const isNear = (key: number): boolean =>
      this.#judged.get(key)?.questions.some((number) => (nearness[number] ?? APART) > reach) === true;
    return {
      of,
      helped: (key) =>
        isNear(key) ? Math.max(0, ...of(key).cues.map((cue) => cue.nearness * cue.direction)) : 0,
    };
  }

  #nearness(number: number, asked: AskedOf): number {
    const own = this.#byNumber[number];
    return own === undefined ? APART : questionNearness(own, asked);
  }

  #settled(judged: Judged, { now, parameters }: CueClock): Settled {
    const day = Math.floor(now / CONSTANTS.millisPerDay);
    if (judged.settled?.day === day && judged.settled.parameters === parameters) return judged.settled;
    const cosine = cosinesOf(
      Array.from(judged.questions, (number) => this.#byNumber[number] ?? NOTHING_ASKED),
    );
    const settled = settle(judged.questions.length, judged.terms, {
      kind: judged.kind,
      now,
      parameters,
      cosine,
    });
    judged.settled = { day, parameters, ...settled };
    return judged.settled;
  }

  #use(name: string, asked: AskedOf | undefined): number {
    const known = this.#asked.get(name);
    if (known) {
      known.uses += 1;
      return known.number;
    }
    if (!asked) throw new Error("A cue's question has no vector.");
    const number = this.#free.pop() ?? this.#byNumber.length;
    this.#byNumber[number] = asked;
    this.#asked.set(name, { number, asked, uses: 1 });
    return number;
  }

  #release(name: string): void {
    const held = this.#asked.get(name);
    if (!held) return;
    held.uses -= 1;
    if (held.uses > 0) return;
    this.#asked.delete(name);
    this.#byNumber[held.number] = undefined;
    this.#free.push(held.number);
  }
}

/** Observations of a memory of this kind, all for one question. */
export interface Said {
  readonly asked: AskedOf;
  readonly terms: readonly Omit<CueTerm, "question">[];
  readonly kind: Kind;
}

const NOTHING_ASKED: AskedOf = { vector: new Float32Array(), people: "" };

/** The sums without these terms; an entry that a later change has taken away already stands at nothing, not below it. */
function withoutTerms(sums: EvidenceSums, terms: readonly JudgedFor[]): EvidenceSums {
  const rest = evidence.entries(evidence.unstepAll(sums, terms)).map(({ source, day, weight }) => ({
    source,
    at: millis(day * CONSTANTS.millisPerDay),
    weight: [Math.max(0, weight[0]), Math.max(0, weight[1])] as const,
  }));
  return evidence.stepAll(
    evidence.initial,
    rest.filter(({ weight }) => weight[0] + weight[1] > 0),
  );
}

function cosinesOf(questions: readonly AskedOf[]): (a: number, b: number) => number {
  const size = questions.length;
  const known = new Float32Array(size * size);
  questions.forEach((one, a) => {
    for (let b = a; b < size; b += 1) {
      const cosine = questionNearness(one, questions[b] ?? NOTHING_ASKED);
      known[a * size + b] = cosine;
      known[b * size + a] = cosine;
    }
  });
  return (a, b) => known[a * size + b] ?? 0;
}

/** What was learned, seen from one question. */
export interface NearCues {
  readonly of: (key: number) => Learned;
  /** How near the nearest question is that the memory helped with, times how clearly; 0 when none is within reach. */
  readonly helped: (key: number) => number;
}
