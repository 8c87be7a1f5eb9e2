import { diffWordsWithSpace } from "diff/lib/diff/word.js";

export type DiffKind = "same" | "added" | "removed";

export interface DiffPart {
  readonly kind: DiffKind;
  readonly text: string;
}

/** Word by word; whitespace is kept, so the parts that are not removed join to the new text exactly. */
export function diffWords(before: string, after: string): readonly DiffPart[] {
  return diffWordsWithSpace(before, after).map((part) => ({
    kind: part.added ? "added" : part.removed ? "removed" : "same",
    text: part.value,
  }));
}

export interface DiffCounts {
  readonly added: number;
  readonly removed: number;
}

/** Words added and removed, for the one-line summary of a diff. */
export function countDiff(parts: readonly DiffPart[]): DiffCounts {
  const words = (kind: DiffKind) =>
    parts.filter((part) => part.kind === kind).reduce((sum, part) => sum + wordCount(part.text), 0);
  return { added: words("added"), removed: words("removed") };
}

function wordCount(text: string): number {
  return text.split(/\s+/).filter((word) => word !== "").length;
}
