import { CONSTANTS } from "@/lib/domain/parameters";
import { lacking } from "@/lib/domain/consolidation/pair-features";
import { PLAIN_READER } from "@/lib/domain/consolidation/plain-reader";
import { wordingOf, type Reader, type Wording } from "@/lib/domain/consolidation/wording";
import type { MemoryId } from "@/lib/domain/ids";

/** The text of a merge and whose words it uses. */
export interface MergeText {
  readonly text: string;
  readonly madeFrom: readonly MemoryId[];
}

/**
 * Merge text without a model: the most informative source (most distinct words, then the longest, then the first named),
 * plus the sentences of the others that say something it lacks, verbatim. Nothing is rephrased, so no number, date, name
 * or negation can be invented, and every one of them stays.
 */
export function mergeText(
  sources: readonly { readonly id: MemoryId; readonly content: string }[],
  reader: Reader = PLAIN_READER,
): MergeText {
  const ranked = [...sources].sort(
    (a, b) => distinct(b.content).size - distinct(a.content).size || b.content.length - a.content.length,
  );
  const [best, ...others] = ranked;
  if (!best) return { text: "", madeFrom: [] };
  const madeFrom = [best.id];
  let text = best.content.trim();
  for (const other of others) {
    const more = sentences(other.content).filter((sentence) => !isContained(sentence, text, reader));
    if (more.length === 0) continue;
    text = `${ended(text)} ${more.join(" ")}`;
    madeFrom.push(other.id);
  }
  return { text, madeFrom };
}

/**
 * Whether a text says what a sentence says. A sentence under a condition has to be there word by word; any other may lack one telling
 * word, which is how another wording of the same differs, but no number, date, id or name, and it denies nothing that the text does not.
 */
function isContained(sentence: string, text: string, reader: Reader): boolean {
  const flat = (written: string) =>
    written
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim();
  if (flat(text).includes(flat(sentence))) return true;
  if (CONDITION.test(sentence)) return false;
  const [own, all] = [wordingOf(sentence, reader), wordingOf(text, reader)];
  const facts = [...own.values, ...own.names].filter((fact) => !all.said.has(fact));
  const denials = denies(own) && !denies(all) ? ["not"] : lacking(own.denied, all.denied);
  return (
    facts.length === 0 && denials.length === 0 && lacking(own.said, all.said).length <= CONSTANTS.mergeLacking
  );
}

const denies = ({ words }: Wording): boolean => words.some((word) => word.kind === "negation");

const CONDITION =
  /\b(?:if|unless|except|until|only|but|however|although|though|provided|whenever|otherwise|instead)\b/iu;

const distinct = (text: string): Set<string> => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);

/** A stop ends a sentence where something other than its word goes on: "2.5" and "v1.2" are one word each. */
const sentences = (text: string): string[] =>
  (text.match(/[^\n]+?(?:[.!?]+["'”’)]*(?=\s|$)|(?=\n|$))/gu) ?? [])
    .map((s) => s.trim())
    .filter((s) => s.length > 0);

const ended = (text: string): string => (/[.!?]["'”’)]*$/u.test(text) ? text : `${text}.`);
