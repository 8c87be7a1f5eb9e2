import type { CallOutput } from "@/lib/client/api";

type Proposal = CallOutput<"proposals.list">["items"][number];

/**
 * The text of each source of a proposed merge, in the order of its targets. A proposal holds them one under the other; a source
 * of several lines ends where the beginning of the next one is found.
 */
export function sourceTexts({ before, targets }: Pick<Proposal, "before" | "targets">): readonly string[] {
  const labels = targets.map((target) => target.label);
  if (typeof before !== "string") return labels;
  const lines = before.split("\n");
  if (lines.length === labels.length) return lines;
  const starts: number[] = [];
  for (const label of labels) {
    const from = (starts.at(-1) ?? -1) + 1;
    const found = lines.findIndex((_, index) => index >= from && beginsWith(lines.slice(index), label));
    if (found < 0) return labels;
    starts.push(found);
  }
  return starts.map((start, index) => lines.slice(start, starts[index + 1]).join("\n"));
}

function beginsWith(lines: readonly string[], label: string): boolean {
  const words = label.endsWith("…") ? label.slice(0, -1) : label;
  return lines.join(" ").replace(/\s+/gu, " ").trim().startsWith(words);
}

/** The text that would be the result, as it was proposed. */
export const proposedText = ({ after }: Pick<Proposal, "after">): string =>
  typeof after === "string" ? after : "";
