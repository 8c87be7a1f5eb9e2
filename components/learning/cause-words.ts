import type { CallOutput } from "@/lib/client/api";
import type { FailureCause } from "../charts/failure-causes-shape";

export type Failure = CallOutput<"metrics.diagnosis">["failures"][number];

export interface CauseWords {
  /** What the log shows, and no further than it shows. */
  readonly finding: string;
  /** What helps against it. */
  readonly advice: string;
}

/** What is said of each cause. The signals show what was there and what was said of it; they never show what would have been. */
export const causeWords: Readonly<Record<FailureCause, CauseWords>> = {
  notStored: {
    finding: "When it was asked, nothing in the store seemed to answer it.",
    advice: "Add what was missing. The next recall finds it at once.",
  },
  stale: {
    finding:
      "Among the first results stood a memory that is contested, superseded or no longer valid, or that somebody called outdated or harmful. It may have misled a good model.",
    advice: "Correct the memory, or name the one that replaces it.",
  },
  notRecalled: {
    finding: "A memory that helped with this kind of question existed and was not shown.",
    advice: "See at which stage it fell out. Saying that it would have helped lifts it for such questions.",
  },
  model: {
    finding:
      "What was shown had helped, here or with this kind of question before, nothing of it is in doubt, and the answer failed all the same.",
    advice:
      "More memory is unlikely to help. Try another prompt, then another model; fine-tuning if it stays so over many questions.",
  },
  unknown: {
    finding: "Nothing in the log speaks for one of the other causes.",
    advice:
      "Report which memories were used, or a verdict on single ones; then the next failure can be sorted.",
  },
};

export interface Mend {
  readonly label: string;
  readonly href: string;
}

const MOST_MENDS = 3;

/** Where to go to mend one failure; none where memory is not what to mend. */
export function mendsOf({
  cause,
  query,
  memories,
}: Pick<Failure, "cause" | "query" | "memories">): readonly Mend[] {
  const question = encodeURIComponent(query);
  switch (cause) {
    case "notStored":
      return [{ label: "Add a memory", href: "/memories?add=true" }];
    case "stale":
      return memories
        .slice(0, MOST_MENDS)
        .map(({ memoryId, label }) => ({ label: `Correct “${label}”`, href: `/memories/${memoryId}` }));
    case "notRecalled":
      return memories.slice(0, MOST_MENDS).map(({ memoryId, label }) => ({
        label: `See why “${label}” was not shown`,
        href: `/recall?q=${question}&target=${memoryId}`,
      }));
    case "unknown":
      return [{ label: "Ask it again and say what helped", href: `/recall?q=${question}` }];
    case "model":
      return [];
  }
}
