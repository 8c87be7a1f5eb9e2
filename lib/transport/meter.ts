import { PROBLEMS } from "@/lib/contracts/problem";
import { noteOperation } from "./request-log";
import { Refusal } from "@/lib/domain/errors";

/** What this process has done since it started; a scraper adds the processes up. */
interface Meter {
  /** Requests by surface, operation and status. */
  readonly requests: Map<string, number>;
  /** Recalls that took at most so many seconds, for each bound; the last counts all. */
  readonly recalls: number[];
  recallSeconds: number;
}

export const RECALL_BOUNDS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5] as const;

// Next may load this module once per route.
const shared = globalThis as { palimpsestMeter?: Meter };
export const meter = (): Readonly<Meter> => held();
const held = (): Meter =>
  (shared.palimpsestMeter ??= {
    requests: new Map(),
    recalls: new Array<number>(RECALL_BOUNDS_S.length + 1).fill(0),
    recallSeconds: 0,
  });

export type MeteredSurface = "rest" | "tool" | "drop-in";

export function countStatus(surface: MeteredSurface, operation: string, status: number): void {
  const { requests } = held();
  const labels = `surface="${surface}",operation="${operation}",status="${status}"`;
  requests.set(labels, (requests.get(labels) ?? 0) + 1);
}

/** Counts what a surface without statuses of its own carried out, by the status that REST would have answered with. */
export async function counted<T>(
  surface: MeteredSurface,
  operation: string,
  work: () => Promise<T>,
): Promise<T> {
  noteOperation(operation);
  try {
    const done = await work();
    countStatus(surface, operation, 200);
    return done;
  } catch (error) {
    countStatus(surface, operation, PROBLEMS[error instanceof Refusal ? error.code : "internal"].status);
    throw error;
  }
}

const MS_PER_SECOND = 1000;

export async function timedRecall<T>(work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const done = await work();
  const seconds = (performance.now() - started) / MS_PER_SECOND;
  const own = held();
  own.recallSeconds += seconds;
  own.recalls.forEach((count, at) => {
    if (seconds <= (RECALL_BOUNDS_S[at] ?? Infinity)) own.recalls[at] = count + 1;
  });
  return done;
}
