import { getEmbedder } from "@/lib/models/embedder";
import { getExtractor } from "@/lib/models/extractor";
import { notFound } from "@/lib/domain/ids";
import type { Context } from "./context";

const ROLES = ["embedding", "extraction"];
const SENTENCE = "Ada Lovelace works with Charles Babbage in London.";

/** Asks the model one small thing, as it is configured, and says how long it took or what exactly went wrong. */
export async function testModel(_ctx: Context, { role }: { readonly role: "embedding" | "extraction" }) {
  if (!ROLES.includes(role)) throw notFound("model", role);
  const started = performance.now();
  const took = () => Math.round(performance.now() - started);
  try {
    const answer = await (role === "embedding" ? tryEmbedding() : tryExtraction());
    return { ok: true, tookMs: took(), answer, error: null };
  } catch (error) {
    return {
      ok: false,
      tookMs: took(),
      answer: null,
      error: error instanceof Error ? error.message : String(error),
    };
  }
}

async function tryEmbedding(): Promise<string> {
  const embedder = await getEmbedder();
  const [vector] = await embedder.embed([SENTENCE]);
  if (vector === undefined) throw new Error("The model answered without a vector.");
  return `a vector of ${vector.length} numbers from ${embedder.model}`;
}

async function tryExtraction(): Promise<string> {
  const [reading] = await getExtractor().extract([SENTENCE]);
  if (reading === undefined) throw new Error("The model answered without a reading.");
  const names = reading.mentions.map(({ start, end }) => SENTENCE.slice(start, end));
  return names.length === 0
    ? "no names, where there are three"
    : `the names ${[...new Set(names)].join(", ")}`;
}
