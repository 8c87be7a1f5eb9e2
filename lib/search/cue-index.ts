import { dot } from "@/lib/domain/vector";
import { settle, type Cue, type CueTerm, type Direction } from "@/lib/domain/learning/cue";
import { CONSTANTS, type Parameters } from "@/lib/domain/parameters";
import type { Kind } from "@/lib/domain/memory/memory";
import type { Millis } from "@/lib/domain/ids";

/** A live observation of one memory, with the question it was made for. */
export interface JudgedFor extends Omit<CueTerm, "question"> {
  /** Names the question's vector; equal questions have equal names. */
  readonly question: string;
}

interface Judged {
  /** Numbers of its questions among all. */
  readonly questions: Uint32Array;
  readonly terms: readonly CueTerm[];
  readonly kind: Kind;
  settled: { readonly day: number; readonly parameters: Parameters; readonly direction: Direction } | null;
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
  readonly #vectors = new Map<string, { readonly number: number; readonly vector: Float32Array; uses: number }>();
  readonly #byNumber: (Float32Array | undefined)[] = [];
  readonly #free: number[] = [];
  readonly #judged = new Map<number, Judged & { readonly names: readonly string[] }>();

  /** Whether this question's vector is held already, so that it need not be read again. */
  holds(question: string): boolean {
    return this.#vectors.has(question);
  }

  /** Number of different questions with a vector. */
  get questions(): number {
    return this.#vectors.size;
  }

  /** Memories with something learned. */
  get keys(): Iterable<number> {
    return this.#judged.keys();
  }

  /** Replaces all that is known of one memory. Terms whose question has no vector, held or given, say nothing. */
  set(key: number, judged: { readonly terms: readonly JudgedFor[]; readonly kind: Kind }, vectors: ReadonlyMap<string, Float32Array>): void {
    const usable = judged.terms.filter(({ question }) => this.#vectors.has(question) || vectors.has(question));
    const names = [...new Set(usable.map((term) => term.question))];
    const numbers = Uint32Array.from(names, (name) => this.#use(name, vectors.get(name)));
    this.remove(key);
    if (names.length === 0) return;
    const place = new Map(names.map((name, i) => [name, i]));
    const terms = usable.map((term) => ({ ...term, question: place.get(term.question) ?? 0 }));
    this.#judged.set(key, { questions: numbers, names, terms, kind: judged.kind, settled: null });
  }

  remove(key: number): void {
    const judged = this.#judged.get(key);
    if (!judged) return;
    this.#judged.delete(key);
    for (const name of judged.names) this.#release(name);
  }

  /** What was learned near a question, ready to be asked for each memory. */
  near(vector: Float32Array, clock: CueClock): NearCues {
    const reach = clock.parameters["learning.cue.reach"];
    const nearness = Float32Array.from(this.#byNumber, (own) => (own === undefined ? -1 : dot(own, vector)));
    return {
      of: (key) => {
        const judged = this.#judged.get(key);
        if (!judged?.questions.some((number) => (nearness[number] ?? -1) > reach)) return [];
        const direction = this.#directionOf(judged, clock);
        return Array.from(judged.questions, (number, i): Cue => ({ nearness: nearness[number] ?? -1, direction: direction[i] ?? 0 })).filter((cue) => cue.nearness > reach && cue.direction !== 0);
      },
    };
  }

  /** What would be known near this question, were these observations of one memory made for it beside what is known already. */
  withMore(key: number, more: { readonly terms: readonly Omit<JudgedFor, "question">[]; readonly kind: Kind; readonly vector: Float32Array }, clock: CueClock): Cue[] {
    const judged = this.#judged.get(key);
    const vectors = [...(judged?.questions ?? [])].map((number) => this.#byNumber[number] ?? more.vector);
    const nearness = vectors.map((own) => dot(own, more.vector));
    const same = nearness.findIndex((cosine) => cosine > SAME);
    const question = same < 0 ? vectors.push(more.vector) - 1 : same;
    if (same < 0) nearness.push(1);
    const terms = [...(judged?.terms ?? []), ...more.terms.map((term) => ({ ...term, question }))];
    const direction = settle(vectors.length, terms, { ...clock, kind: more.kind, cosine: cosinesOf(vectors) });
    return nearness.map((own, i): Cue => ({ nearness: own, direction: direction[i] ?? 0 }));
  }

  #directionOf(judged: Judged, { now, parameters }: CueClock): Direction {
    const day = Math.floor(now / CONSTANTS.millisPerDay);
    if (judged.settled?.day === day && judged.settled.parameters === parameters) return judged.settled.direction;
    const cosine = cosinesOf(Array.from(judged.questions, (number) => this.#byNumber[number] ?? NO_VECTOR));
    const direction = settle(judged.questions.length, judged.terms, { kind: judged.kind, now, parameters, cosine });
    judged.settled = { day, parameters, direction };
    return direction;
  }

  #use(name: string, vector: Float32Array | undefined): number {
    const known = this.#vectors.get(name);
    if (known) {
      known.uses += 1;
      return known.number;
    }
    if (!vector) throw new Error("A cue's question has no vector.");
    const number = this.#free.pop() ?? this.#byNumber.length;
    this.#byNumber[number] = vector;
    this.#vectors.set(name, { number, vector, uses: 1 });
    return number;
  }

  #release(name: string): void {
    const held = this.#vectors.get(name);
    if (!held) return;
    held.uses -= 1;
    if (held.uses > 0) return;
    this.#vectors.delete(name);
    this.#byNumber[held.number] = undefined;
    this.#free.push(held.number);
  }
}

/** Cosine from which two vectors are taken for one question: rounding aside, the same words. */
const SAME = 0.999999;
const NO_VECTOR = new Float32Array();

function cosinesOf(vectors: readonly Float32Array[]): (a: number, b: number) => number {
  const size = vectors.length;
  const known = new Float32Array(size * size);
  vectors.forEach((one, a) => {
    for (let b = a; b < size; b += 1) {
      const cosine = dot(one, vectors[b] ?? NO_VECTOR);
      known[a * size + b] = cosine;
      known[b * size + a] = cosine;
    }
  });
  return (a, b) => known[a * size + b] ?? 0;
}

/** What was learned near one question. */
export interface NearCues {
  readonly of: (key: number) => readonly Cue[];
}
