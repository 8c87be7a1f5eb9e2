import { CONSTANTS, type Parameters } from "@/lib/domain/parameters";
import type { Kind, TrustClass } from "@/lib/domain/memory/memory";
import type { Millis } from "@/lib/domain/ids";
import { trustOf } from "@/lib/domain/memory/confidence";
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
}

/** How near one judged question is to the one asked, −1…1, and what was learned about the memory there, in standard deviations. */
export interface Cue {
  readonly nearness: number;
  readonly direction: number;
  /** See `Settled`: of the memory as a whole. */
  readonly helped: number;
}

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
  const direction = Float64Array.from({ length: questions }, (_, question) => {
    const sums: Sums = { x: 0, n: 0, v: 0 };
    const before: Sums = { x: 0, n: 0, v: 0 };
    let hasTurned = false;
    for (const { window, own } of classes) {
      const all = nearTerms(own, question, at);
      const near = sinceTheTurn(all, p);
      fill(sums, { window, near });
      fill(before, { window, near: near.length < all.length ? all.slice(near.length) : near });
      hasTurned ||= near.length < all.length;
    }
    const now = deviations(sums, p);
    helped = Math.max(helped, now, hasTurned ? deviations(before, p) : 0);
    return now;
  });
  return { direction, helped };
}

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

/**
 * The cue part of a score. For: a memory is as near to a question as the nearest question it helped with,
 * max over cues of min((w·r − own)_+, J·(t − z)_+/(1 − min(t/T, 1)^k)), r = (cos − q0)/(1 − q0), own = its own similarity
 * part: what already matches gains nothing, what stands close to another need cannot pass what matches by itself, and the step
 * is as long as the evidence is clear, all the way from T standard deviations on. Against, in the same way:
 * −w′·max min((a·r − b·ŝ)_+, J′·…): a strong match of its own shields it. At the very question that was judged a step is at
 * least the share t/t0 of the way, so that a person sees what one judgement does.
 *
 * What did not help reaches other wordings only as far as the memory is known to have helped with something, times
 * min(1, helped/h): of a memory that was only ever refused nobody knows what it is good for, and lowering it around each
 * refusal lowers it for the questions it answers, too, because nobody has asked those yet.
 */
export function cuePart(cues: readonly Cue[], similarityPart: number, p: Parameters): number {
  const reach = p["learning.cue.reach"];
  const scale =
    similarityPart / Math.max(CONSTANTS.tiny, p["recall.weight.similarity"] + p["recall.weight.passage"]);
  let [up, down] = [0, 0];
  for (const { nearness, direction, helped } of cues) {
    const near = Math.min(1, (nearness - reach) / (1 - reach));
    if (near <= 0 || direction === 0) continue;
    const isFor = direction > 0;
    const gap = isFor
      ? p["recall.weight.cue"] * near - similarityPart
      : Math.min(1, p["learning.cue.against.scale"] * near - p["learning.cue.against.shield"] * scale);
    // No step is longer than its gap, and only the longest counts.
    if (gap <= (isFor ? up : down)) continue;
    const clear = { deviations: Math.abs(direction), same: near ** p["learning.cue.same"] };
    if (isFor) up = Math.max(up, step(gap, { ...clear, known: 1, longest: p["learning.cue.step"] }, p));
    else {
      const known = Math.min(1, helped / p["learning.cue.against.known"]);
      down = Math.max(down, step(gap, { ...clear, known, longest: p["learning.cue.against.step"] }, p));
    }
  }
  return up - p["recall.weight.cueAgainst"] * down;
}

interface Clear {
  /** ≥ 0. */
  readonly deviations: number;
  /** 1 at the very question that was judged, next to 0 at every other one. */
  readonly same: number;
  /** How far the step may be taken at other questions, 0…1. */
  readonly known: number;
  /** Per standard deviation, while unsure. */
  readonly longest: number;
}

/** As far as the gap (> 0), but no further than the evidence is clear. */
function step(gap: number, { deviations: t, same, known, longest }: Clear, p: Parameters): number {
  const unsure = 1 - Math.min(1, t / p["learning.cue.sure"]) ** p["learning.cue.opening"];
  const cautious =
    unsure <= 0 ? gap : Math.min(gap, (longest * Math.max(0, t - p["learning.cue.least"])) / unsure);
  return Math.max(known * cautious, same * Math.min(1, t / p["learning.cue.same.sure"]) * gap);
}
