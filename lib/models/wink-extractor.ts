import type { Extraction } from "@/lib/domain/graph/extraction";
import type { Extractor } from "@/lib/models/extractor";
import { namesIn } from "@/lib/models/extraction/names";
import { relationsBetween } from "@/lib/models/extraction/relations";
import { typesOfNames } from "@/lib/models/extraction/types-of-names";
import { createWordReader } from "@/lib/models/extraction/wink-words";

/** To be raised whenever the rules or their lists change: what another version read is read again. */
const RULES_VERSION = 2;

export function createWinkExtractor(): Extractor {
  const read = createWordReader();
  const extract = (text: string): Extraction => {
    const words = read(text);
    const spans = namesIn(words);
    const types = typesOfNames(words, spans);
    const mentions = spans.map((span, i) => ({
      start: words[span.from]?.start ?? 0,
      end: words[span.to - 1]?.end ?? 0,
      type: types[i] ?? "other",
    }));
    return { mentions, relations: relationsBetween(words, spans) };
  };
  return { version: `rules-${RULES_VERSION}`, isInstant: true, extract: async (texts) => texts.map(extract) };
}
