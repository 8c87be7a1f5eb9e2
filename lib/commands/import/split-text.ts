import { CONSTANTS } from "@/lib/domain/parameters";

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** Where a text is parted, best first: between paragraphs, lines, sentences, words. */
const SEAMS = [/\n{2,}/u, /\n/u, /(?<=[.!?])\s+/u, /\s+/u] as const;
const GLUE = ["\n\n", "\n", " ", " "] as const;

/** A text longer than a memory may be, as several that each are not; a shorter one as it is. */
export function splitText(text: string, level = 0): readonly string[] {
  if (bytesOf(text) <= CONSTANTS.maxContentBytes) return [text];
  const [seam, glue] = [SEAMS[level], GLUE[level]];
  if (seam === undefined || glue === undefined) return cutHard(text);
  return packed(
    text.split(seam).flatMap((part) => splitText(part, level + 1)),
    glue,
  );
}

/** Neighbours are put together again for as long as they fit. */
function packed(parts: readonly string[], glue: string): readonly string[] {
  const pieces: string[] = [];
  for (const part of parts) {
    const last = pieces.at(-1);
    const joined = last === undefined ? part : `${last}${glue}${part}`;
    if (last !== undefined && bytesOf(joined) <= CONSTANTS.maxContentBytes)
      pieces[pieces.length - 1] = joined;
    else if (part.trim() !== "") pieces.push(part);
  }
  return pieces;
}

/** A character has at most four bytes, so this many always fit. */
function cutHard(text: string): readonly string[] {
  const characters = [...text];
  const most = Math.floor(CONSTANTS.maxContentBytes / 4);
  const pieces: string[] = [];
  for (let from = 0; from < characters.length; from += most)
    pieces.push(characters.slice(from, from + most).join(""));
  return pieces;
}
