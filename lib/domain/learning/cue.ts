import { CONSTANTS, type Parameters } from "@/lib/domain/parameters";
import type { Kind } from "@/lib/domain/memory/memory";
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

/** What all terms of one memory come to, at each question it was judged for: −1 (does not help there) … 1 (helps there). */
export type Direction = Float64Array;

/** How near one judged question is to the one asked, −1…1, and what was learned about the memory there. */
export interface Cue {
  readonly nearness: number;
  readonly direction: number;
}

export interface SettleAt {
  readonly kind: Kind;
  readonly now: Millis;
  readonly parameters: Parameters;
  /** Cosine between two questions of this memory. */
  readonly cosine: (a: number, b: number) => number;
}

/** Sums at one question while its terms are gone through, newest first. */
interface Sums {
  /** Σ ±f·K·w: for less against. */
  x: number;
  /** Σ f·K·w. */
  n: number;
  /** Σ (f·K·w)²: what x would vary by if every term were a coin. */
  v: number;
}

/**
 * At each question j: t = x/√(v·4m(1 − m) + s), d = sign(t)·clip((|t| − z)/(t1 − z), 0, 1).
 *
 * Terms of near questions are pooled, K = ((cos − c0)/(1 − c0))_+^p, because one wording alone is judged too seldom. The
 * newest terms fill a window of so many observations and older ones count for what is left of it, 2^(−newer/H): needs
 * that drift are followed, and no flood counts for more than the window of its source. All low-trust sources share one.
 * v makes t that of a fair coin when for and against are equally likely, whatever the weights: feedback that says nothing
 * moves nothing. m = (for + c)/(n + 2c): terms that all agree vary less than a coin.
 */
export function settle(questions: number, terms: readonly CueTerm[], at: SettleAt): Direction {
  const { parameters: p } = at;
  const classes = byWindow([...terms].sort(newestFirst), p);
  return Float64Array.from({ length: questions }, (_, question) => {
    const sums: Sums = { x: 0, n: 0, v: 0 };
    for (const { window, own } of classes) pool(sums, { question, window, own, at });
    return direction(sums, p);
  });
}

/** In one order whatever order they come in, so that the same live terms always give the same sums. */
const newestFirst = (a: CueTerm, b: CueTerm): number =>
  b.at - a.at || a.question - b.question || a.weight[0] - b.weight[0] || a.weight[1] - b.weight[1] || (a.source < b.source ? -1 : a.source > b.source ? 1 : 0);

interface WindowClass {
  /** Observations; how many of the newest count. */
  readonly window: number;
  readonly own: CueTerm[];
}

/** Owners and verified sources have the full window, others as much less as their cap on evidence is lower. */
function byWindow(terms: readonly CueTerm[], p: Parameters): WindowClass[] {
  const classes = new Map<string, WindowClass>();
  for (const term of terms) {
    const trust = trustOf(term.source);
    const key = trust === "low" ? trust : term.source;
    const cap = trust === "low" ? p["safety.cap.low"] : trust === "ordinary" ? p["safety.cap.ordinary"] : p["safety.cap.verified"];
    const known = classes.get(key) ?? { window: (p["learning.cue.window"] * cap) / p["safety.cap.verified"], own: [] };
    known.own.push(term);
    classes.set(key, known);
  }
  return [...classes.values()];
}

interface Pooling {
  readonly question: number;
  readonly window: number;
  readonly own: readonly CueTerm[];
  readonly at: SettleAt;
}

function pool(sums: Sums, { question, window, own, at }: Pooling): void {
  const { parameters: p, cosine, now, kind } = at;
  const [floor, power] = [p["learning.cue.pool.floor"], p["learning.cue.pool.power"]];
  const scale = window / Math.LN2;
  const kernels = new Map<number, number>();
  const kernelOf = (other: number): number => {
    const known = kernels.get(other) ?? Math.max(0, (cosine(question, other) - floor) / (1 - floor)) ** power;
    kernels.set(other, known);
    return known;
  };
  let newer = 0;
  for (const term of own) {
    const near = kernelOf(term.question);
    if (near <= 0) continue;
    const days = Math.max(0, Math.floor((now - term.at) / CONSTANTS.millisPerDay));
    const kernel = near * 2 ** (-days / p[`time.halfLife.${kind}`]);
    const [alpha, beta] = [(kernel * term.weight[0]) / CONSTANTS.micro, (kernel * term.weight[1]) / CONSTANTS.micro];
    const mass = alpha + beta;
    if (mass === 0) continue;
    // What the term adds to a window that newer terms have filled in part: the integral of 2^(−newer/H) over its own mass.
    const part = (scale * (Math.exp(-newer / scale) - Math.exp(-(newer + mass) / scale))) / mass;
    newer += mass;
    sums.x += part * (alpha - beta);
    sums.n += part * mass;
    sums.v += (part * mass) ** 2;
  }
}

function direction({ x, n, v }: Sums, p: Parameters): number {
  if (n === 0) return 0;
  const agreement = p["learning.cue.agreement"];
  const share = ((x + n) / 2 + agreement) / (n + 2 * agreement);
  const t = x / Math.sqrt(v * 2 * 2 * share * (1 - share) + p["learning.cue.prior"]);
  const [least, sure] = [p["learning.cue.least"], p["learning.cue.sure"]];
  return Math.sign(t) * Math.min(1, Math.max(0, (Math.abs(t) - least) / (sure - least)));
}

/**
 * The cue part of a score. For: a memory is as near to a question as the nearest question it helped with,
 * max over cues of d·min((w·r − own)_+, J/(1 − max(d, r^k))), r = (cos − q0)/(1 − q0), own = its own similarity part: what
 * already matches gains nothing, what stands close to another need cannot pass what matches by itself, and the less sure and
 * the further away, the shorter the step; at the very question that was judged only sureness shortens it, so that a
 * person sees what one judgement does. Against, in the same way: −w′·max d·min((a·r − b·ŝ)_+, J′/(1 − …)): a strong match
 * of its own shields it.
 */
export function cuePart(cues: readonly Cue[], similarityPart: number, p: Parameters): number {
  const reach = p["learning.cue.reach"];
  const own = { part: similarityPart, scale: similarityPart / Math.max(CONSTANTS.tiny, p["recall.weight.similarity"] + p["recall.weight.passage"]) };
  let [up, down] = [0, 0];
  for (const { nearness, direction: d } of cues) {
    const near = Math.min(1, (nearness - reach) / (1 - reach));
    if (near <= 0 || d === 0) continue;
    const sure = Math.abs(d);
    const certain = Math.max(sure, near ** p["learning.cue.same"]);
    if (d > 0) up = Math.max(up, sure * step(p["recall.weight.cue"] * near - own.part, p["learning.cue.step"], certain));
    else down = Math.max(down, sure * step(Math.min(1, p["learning.cue.against.scale"] * near - p["learning.cue.against.shield"] * own.scale), p["learning.cue.against.step"], certain));
  }
  return up - p["recall.weight.cueAgainst"] * down;
}

/** As long as the gap, but no longer than its sureness lets it be; a certain one goes all the way. */
const step = (gap: number, longest: number, certain: number): number => (certain < 1 ? Math.min(Math.max(0, gap), longest / (1 - certain)) : Math.max(0, gap));
