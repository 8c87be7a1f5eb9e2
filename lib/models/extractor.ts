import type { Extraction } from "@/lib/domain/graph/extraction";
import { env } from "@/lib/env";
import { createRemoteExtractor } from "@/lib/models/remote-extractor";
import { createWinkExtractor } from "@/lib/models/wink-extractor";

/** Reads names, and what is said of them, out of texts. */
export interface Extractor {
  /** Recorded with every extraction: what another version read is read again. */
  readonly version: string;
  /** Reads in less time than a recall may wait. */
  readonly isInstant: boolean;
  /** One extraction per text, in the order of the texts. */
  extract(texts: readonly string[]): Promise<Extraction[]>;
}

interface Shared {
  extractor?: Extractor;
}

/** Development servers load modules again and again; the library's dictionary must be loaded once per process. */
const shared: Shared = ((globalThis as { palimpsestExtractor?: Shared }).palimpsestExtractor ??= {});

/** The one extractor of this process: the configured language model, or rules. */
export function getExtractor(): Extractor {
  const endpoint = env.extractionEndpoint;
  shared.extractor ??= endpoint === null ? createWinkExtractor() : createRemoteExtractor(endpoint);
  return shared.extractor;
}

/** Lets another extractor read from now on, for programs that measure and tests; null: the usual one again. */
export function replaceExtractor(extractor: Extractor | null): void {
  if (extractor === null) delete shared.extractor;
  else shared.extractor = extractor;
}
