import { CONSTANTS, type Parameters } from "@/lib/domain/parameters";
import type { Kind, TrustClass } from "@/lib/domain/memory/memory";
import type { Millis } from "@/lib/domain/ids";
import { coverageOf, type HelpedWith } from "./coverage";
import { trustOf } from "@/lib/domain/memory/confidence";
import { APART } from "./question-nearness";
import type { SourceKey, Weight } from "@/lib/domain/ledger/change";

/**
 * What was observed about one memory for one question: a live `observe` change, read at its question's vector. A cue is no
 * second fact beside the observation, so whatever takes the observation back takes the cue back with it.
 */
export interface CueTerm {
  /** Which question, as an index into the vectors of the memory's questions. */
  readonly question: number;
  readonly at: Millis;
  readonly weight: Weight;
  readonly source: SourceKey;
}

/** What all terms of one memory come to. */
export interface Settled {
  /** At each question it was judged for: standard deviations for (> 0) or against (< 0). */
  readonly direction: Float64Array;
  /** The clearest it was known to help with any of them, now or before it turned; standard deviations ≥ 0. */
  readonly helped: number;
  /** How much of what it helps with is known, 0…1; see `coverageOf`. */
  readonly coverage: number;
}

/** Of no terms at all. */
export const NOTHING_SETTLED: Settled = { direction: new Float64Array(), helped: 0, coverage: 0 };

export interface SettleAt {
  readonly kind: Kind;
  readonly now: Millis;
  readonly parameters: Parameters;
  /** Cosine between two questions of this memory. */
  readonly cosine: (a: number, b: number) => number;
}

/** What terms come to together. */
interface Sums {
  /** Σ ±f·K·w: for less against. */
  x: number;
  /** Σ f·K·w. */
  n: number;
  /** Σ (f·K·w)²: what x would vary by if every term were a coin. */
  v: number;
}

/**
 * At each question j: t = x/√(v·4m(1 − m) + s), in standard deviations of a fair coin.
 *
 * Terms of near questions are pooled, K = ((cos − c0)/(1 − c0))_+^p, because one wording alone is judged too seldom. The
 * newest terms fill a window of so many observations and older ones count for what is left of it, 2^(−newer/H): no flood
 * counts for more than the window of its source. All low-trust sources share one. Where a source's newer terms say something
 * else than its older ones, the older ones are left out: a need that drifts is followed, and noise is still averaged long.
 * v makes t that of a fair coin when for and against are equally likely, whatever the weights: feedback that says nothing
 * moves next to nothing. m = (for + c)/(n + 2c): terms that all agree vary less than a coin.
 */
export function settle(questions: number, terms: readonly CueTerm[], at: SettleAt): Settled {
  const { parameters: p } = at;
  const classes = byWindow([...terms].sort(newestFirst), p);
  let helped = 0;
  const trusted = new Float64Array(questions);
  const direction = Float64Array.from({ length: questions }, (_, question) => {
    const sums: Sums = { x: 0, n: 0, v: 0 };
    const ofTrusted: Sums = { x: 0, n: 0, v: 0 };
    const before: Sums = { x: 0, n: 0, v: 0 };
    let hasTurned = false;
    for (const { window, own, isTrusted } of classes) {
      const all = nearTerms(own, question, at);
      const near = sinceTheTurn(all, p);
      fill(sums, { window, near });
      if (isTrusted) fill(ofTrusted, { window, near });
      fill(before, { window, near: near.length < all.length ? all.slice(near.length) : near });
      hasTurned ||= near.length < all.length;
    }
    const now = deviations(sums, p);
    helped = Math.max(helped, now, hasTurned ? deviations(before, p) : 0);
    trusted[question] = Math.min(now, deviations(ofTrusted, p));
    return now;
  });
  return { direction, helped, coverage: coverageOf(helpedWith(trusted, { terms, cosine: at.cosine }), p) };
}

/**
 * The questions it helped with, of those that trusted sources judged it for and by their word alone: strangers make nothing
 * known, neither by praise nor by asking.
 */
function helpedWith(
  trusted: Float64Array,
  { terms, cosine }: Pick<SettleAt, "cosine"> & { readonly terms: readonly CueTerm[] },
): HelpedWith[] {
  const judged = new Set(terms.filter(isTrusted).map((term) => term.question));
  const numbers = [...trusted.keys()].filter(
    (question) => judged.has(question) && (trusted[question] ?? 0) > 0,
  );
  return numbers.map((question) => ({
    deviations: trusted[question] ?? 0,
    nearest: Math.max(
      APART,
      ...numbers.filter((other) => other !== question).map((o) => cosine(question, o)),
    ),
  }));
}

const isTrusted = ({ source }: CueTerm): boolean => trustOf(source) !== "low";

/** In one order whatever order they come in, so that the same live terms always give the same sums. */
const newestFirst = (a: CueTerm, b: CueTerm): number =>
  b.at - a.at ||
  a.question - b.question ||
  a.weight[0] - b.weight[0] ||
  a.weight[1] - b.weight[1] ||
  (a.source < b.source ? -1 : a.source > b.source ? 1 : 0);

interface WindowClass {
  /** Observations; how many of the newest count. */
  readonly window: number;
  readonly own: CueTerm[];
  readonly isTrusted: boolean;
}

/**
 * Owners and verified sources have the full window, ordinary ones as much less as their cap on evidence is lower, and all
 * low-trust ones together next to nothing: a long window is for noise to be averaged in, not for strangers to fill.
 */
function byWindow(terms: readonly CueTerm[], p: Parameters): WindowClass[] {
  const classes = new Map<string, WindowClass>();
  for (const term of terms) {
    const trust = trustOf(term.source);
    const known = classes.get(trust === "low" ? trust : term.source) ?? {
      window: windowOf(trust, p),
      own: [],
      isTrusted: isTrusted(term),
    };
    known.own.push(term);
    classes.set(trust === "low" ? trust : term.source, known);
  }
  return [...classes.values()];
}

function windowOf(trust: TrustClass, p: Parameters): number {
  if (trust === "low") return p["learning.cue.window.low"];
  return trust === "ordinary"
    ? (p["learning.cue.window"] * p["safety.cap.ordinary"]) / p["safety.cap.verified"]
    : p["learning.cue.window"];
}

/** A term as it counts at one question: what it says, and how much. */
interface NearTerm {
  readonly x: number;
  /** Above 0. */
  readonly mass: number;
}

/** K: how far what is said at one question counts at another one so near, 0…1. */
export function poolWeight(nearness: number, p: Parameters): number {
  const floor = p["learning.cue.pool.floor"];
  return Math.max(0, (nearness - floor) / (1 - floor)) ** p["learning.cue.pool.power"];
}

function nearTerms(
  own: readonly CueTerm[],
  question: number,
  { parameters: p, cosine, now, kind }: SettleAt,
): NearTerm[] {
  const kernels = new Map<number, number>();
  const kernelOf = (other: number): number => {
    const known = kernels.get(other) ?? poolWeight(cosine(question, other), p);
    kernels.set(other, known);
    return known;
  };
  const found: NearTerm[] = [];
  for (const term of own) {
    const near = kernelOf(term.question);
    if (near <= 0) continue;
    const days = Math.max(0, Math.floor((now - term.at) / CONSTANTS.millisPerDay));
    const kernel = (near * 2 ** (-days / p[`time.halfLife.${kind}`])) / CONSTANTS.micro;
    const [alpha, beta] = [kernel * term.weight[0], kernel * term.weight[1]];
    if (alpha + beta > 0) found.push({ x: alpha - beta, mass: alpha + beta });
  }
  return found;
}

/**
 * The newest terms, back to where they start to say something else than those before: the cut with the greatest
 * z = |x₁/n₁ − x₂/n₂|/√(4m(1 − m)·(v₁/n₁² + v₂/n₂²)), if that is more than chance makes of the best of all cuts.
 */
function sinceTheTurn(near: readonly NearTerm[], p: Parameters): readonly NearTerm[] {
  const all: Sums = { x: 0, n: 0, v: 0 };
  for (const term of near) add(all, term);
  const coin = coinOf(all, CONSTANTS.middle);
  const least = p["learning.cue.turn.least"];
  const newer: Sums = { x: 0, n: 0, v: 0 };
  let [clearest, end] = [p["learning.cue.turn"] ** 2, near.length];
  near.forEach((term, i) => {
    add(newer, term);
    const n = all.n - newer.n;
    if (newer.n < least || n < least) return;
    const apart = newer.x / newer.n - (all.x - newer.x) / n;
    const clear = apart ** 2 / (coin * (newer.v / newer.n ** 2 + Math.max(0, all.v - newer.v) / n ** 2));
    if (clear > clearest) [clearest, end] = [clear, i + 1];
  });
  return near.slice(0, end);
}

function add(sums: Sums, { x, mass }: NearTerm): void {
  sums.x += x;
  sums.n += mass;
  sums.v += mass ** 2;
}

/** Variance of one term against that of a fair coin, 0…1: 4m(1 − m). */
function coinOf({ x, n }: Sums, agreement: number): number {
  const share = ((x + n) / 2 + agreement) / (n + 2 * agreement);
  return 2 * 2 * share * (1 - share);
}

function fill(
  sums: Sums,
  { window, near }: { readonly window: number; readonly near: readonly NearTerm[] },
): void {
  const scale = window / Math.LN2;
  let newer = 0;
  for (const { x, mass } of near) {
    // What the term adds to a window that newer terms have filled in part: the integral of 2^(−newer/H) over its own mass.
    const part = (scale * (Math.exp(-newer / scale) - Math.exp(-(newer + mass) / scale))) / mass;
    newer += mass;
    sums.x += part * x;
    sums.n += part * mass;
    sums.v += (part * mass) ** 2;
  }
}

const deviations = (sums: Sums, p: Parameters): number =>
  sums.n === 0
    ? 0
    : sums.x / Math.sqrt(sums.v * coinOf(sums, p["learning.cue.agreement"]) + p["learning.cue.prior"]);
