import type { CallOutput } from "@/lib/client/api";
import { formatDecimal } from "@/lib/format/number";

export type Outcome = CallOutput<"signals.list">["items"][number];
export type Moved = Outcome["moved"][number];

/** A difference smaller than this is how it was expected. */
const AS_EXPECTED_BELOW = 0.005;
/** Below the middle of the scale, an outcome failed. */
const FAILED_BELOW = 0.5;

export type OutcomeTone = "gain" | "loss" | "neutral";

export interface OutcomeWords {
  readonly title: string;
  readonly tone: OutcomeTone;
  /** How it stands to what was expected; null where only single memories were judged. */
  readonly against: string | null;
}

/** What came of an answer, in words: whether it worked, and how that compares with what was expected of such a question. */
export function outcomeWords({ outcome, baseline }: Pick<Outcome, "outcome" | "baseline">): OutcomeWords {
  if (outcome === null) return { title: "Single memories judged", tone: "neutral", against: null };
  const title = outcome < FAILED_BELOW ? "Failed" : outcome > FAILED_BELOW ? "Worked" : "Partly";
  const tone = outcome < FAILED_BELOW ? "loss" : outcome > FAILED_BELOW ? "gain" : "neutral";
  if (baseline === null) return { title, tone, against: `outcome ${formatDecimal(outcome)}` };
  const delta = outcome - baseline;
  const than =
    Math.abs(delta) < AS_EXPECTED_BELOW
      ? "as expected"
      : delta < 0
        ? "worse than expected"
        : "better than expected";
  return {
    title,
    tone,
    against: `outcome ${formatDecimal(outcome)} where ${formatDecimal(baseline)} was expected: ${than}`,
  };
}

export type Standing = "empty" | "live" | "partly" | "out";

/** Whether what the outcome moved still counts. */
export function standingOf(moved: readonly Pick<Moved, "status">[]): Standing {
  if (moved.length === 0) return "empty";
  const live = moved.filter((one) => one.status === "live").length;
  return live === moved.length ? "live" : live === 0 ? "out" : "partly";
}

export const standingLabels: Readonly<Record<Standing, string>> = {
  empty: "Moved nothing",
  live: "Counts",
  partly: "Partly taken back",
  out: "Taken back",
};

const actors: Readonly<Record<string, string>> = {
  person: "A person",
  key: "An API client",
  system: "Palimpsest",
  cycle: "An improvement cycle",
};

/** Who said so: the name the report gave for its judge, and whose credential brought it. */
export function whoSaid({ actor, source }: Pick<Outcome, "actor" | "source">): string {
  const [type = ""] = actor.split(":");
  const by = actors[type] ?? actor;
  return source === null ? by : `${source}, by ${by.charAt(0).toLowerCase()}${by.slice(1)}`;
}

/** "+0.50 for" or "−0.25 against", in observations. */
export function weightWords(weight: number): string {
  return `${formatDecimal(Math.abs(weight))} ${weight < 0 ? "against" : "for"}`;
}
