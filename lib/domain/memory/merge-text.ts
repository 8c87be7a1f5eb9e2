import type { MemoryId } from "@/lib/domain/ids";

/** The text of a merge and whose words it uses. */
export interface MergeText {
  readonly text: string;
  readonly madeFrom: readonly MemoryId[];
}

/**
 * Merge text without a model: the most informative source (most distinct words, then the longest, then the first named),
 * plus the sentences of the others that say something it lacks, verbatim. Nothing is rephrased, so no number, date, name
 * or negation can be invented.
 */
export function mergeText(sources: readonly { readonly id: MemoryId; readonly content: string }[]): MergeText {
  const ranked = [...sources].sort((a, b) => distinct(b.content).size - distinct(a.content).size || b.content.length - a.content.length);
  const [best, ...others] = ranked;
  if (!best) return { text: "", madeFrom: [] };
  const madeFrom = [best.id];
  let text = best.content.trim();
  for (const other of others) {
    const known = distinct(text);
    const lacking = sentences(other.content).filter((s) => [...distinct(s)].some((word) => !known.has(word)));
    if (lacking.length === 0) continue;
    text = `${ended(text)} ${lacking.join(" ")}`;
    madeFrom.push(other.id);
  }
  return { text, madeFrom };
}

const distinct = (text: string): Set<string> => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);

const sentences = (text: string): string[] => (text.match(/[^.!?\n]+[.!?]*/gu) ?? []).map((s) => s.trim()).filter((s) => s.length > 0);

const ended = (text: string): string => (/[.!?]$/u.test(text) ? text : `${text}.`);
