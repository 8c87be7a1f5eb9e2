import { CONSTANTS } from "@/lib/domain/parameters";

/**
 * The stretches of a long text that get a vector of their own: neighbouring sentences, together about `passageWords` words.
 * What is said in passing is lost in the vector of the whole. A text that is short, or one sentence, has none: its own vector says
 * it all. Depends on the text alone.
 */
export function passagesOf(content: string): string[] {
  if (wordsIn(content) <= CONSTANTS.shortTextWords) return [];
  const passages: string[] = [];
  let words = 0;
  for (const sentence of sentencesOf(content)) {
    const more = wordsIn(sentence);
    const last = passages.length - 1;
    if (last >= 0 && words + more <= CONSTANTS.passageWords)
      passages[last] = `${passages[last] ?? ""} ${sentence}`;
    else {
      passages.push(sentence);
      words = 0;
    }
    words += more;
  }
  return passages.length > 1 ? passages.slice(0, CONSTANTS.mostPassages) : [];
}

function sentencesOf(text: string): string[] {
  const sentences = text.match(/[^.!?\n]+(?:[.!?]+|\n|$)/gu) ?? [text];
  return sentences.map((sentence) => sentence.trim()).filter((sentence) => sentence !== "");
}

const wordsIn = (text: string): number => text.match(/\S+/gu)?.length ?? 0;
