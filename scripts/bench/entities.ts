import { readFile } from "node:fs/promises";
import path from "node:path";

import type { Row } from "./report";

import type { EntityType, Extraction } from "@/lib/domain/graph/extraction";
import { getExtractor } from "@/lib/models/extractor";

/** A sentence of the data: tokens joined by one space, names as spans of tokens. */
export interface Sentence {
  readonly text: string;
  readonly tokens: readonly string[];
  readonly entities: readonly { readonly start: number; readonly end: number; readonly type: string }[];
  readonly source: string;
}

/** What the data calls our types. */
const NAMED: Readonly<Record<EntityType, string>> = {
  person: "person",
  place: "location",
  organization: "organization",
  product: "product",
  work: "work",
  other: "misc",
};

/** Names read by the configured extractor: F1 over whole spans, with and without their types. */
export async function entities(dataFolder: string): Promise<Row[]> {
  const lines = (await readFile(path.join(dataFolder, "ner", "sentences.jsonl"), "utf8")).trim().split("\n");
  // The file's fields are listed in the data's README.
  const sentences = lines.map((line) => JSON.parse(line) as Sentence);
  const extractor = getExtractor();
  const started = performance.now();
  const extractions = await extractor.extract(sentences.map((sentence) => sentence.text));
  const perText = (performance.now() - started) / sentences.length;
  const sources = [...new Set(sentences.map((sentence) => sentence.source))];
  const chosen = (wanted: (sentence: Sentence, place: number) => boolean) =>
    f1Of(
      sentences.flatMap((sentence, i) => (wanted(sentence, i) ? [countsOf(sentence, extractions[i])] : [])),
    );
  const rows = (name: string, { untyped, typed }: F1, isAll = false): Row[] => [
    {
      section: "entities",
      what: `${name} F1`,
      figure: untyped,
      unit: "0…1",
      ...(isAll ? TARGET.untyped : {}),
    },
    {
      section: "entities",
      what: `${name} F1 with types`,
      figure: typed,
      unit: "0…1",
      ...(isAll ? TARGET.typed : {}),
    },
  ];
  return [
    ...rows(
      "all",
      chosen(() => true),
      true,
    ),
    ...[0, 1].flatMap((half) =>
      rows(
        `half ${half + 1}`,
        chosen((_, i) => i % 2 === half),
      ),
    ),
    ...sources.flatMap((source) =>
      rows(
        source,
        chosen((sentence) => sentence.source === source),
      ),
    ),
    { section: "entities", what: `${extractor.version} time`, figure: perText, unit: "ms per text" },
  ];
}

const TARGET = {
  untyped: { target: "≥ .64", baseline: "capital letters alone 0.6003" },
  typed: { target: "≥ .52" },
} as const;

interface F1 {
  readonly untyped: number;
  readonly typed: number;
}

interface Counts {
  readonly said: number;
  readonly gold: number;
  readonly right: number;
  readonly rightType: number;
}

/** A name counts as found when it begins and ends with the same tokens. */
export function countsOf({ tokens, entities: gold }: Sentence, extraction: Extraction | undefined): Counts {
  const starts = new Map<number, number>();
  const ends = new Map<number, number>();
  let at = 0;
  for (const [i, token] of tokens.entries()) {
    starts.set(at, i);
    ends.set(at + token.length, i + 1);
    at += token.length + 1;
  }
  const types = new Map(gold.map(({ start, end, type }) => [`${start}-${end}`, type]));
  const mentions = extraction?.mentions ?? [];
  const hits = mentions.flatMap(({ start, end, type }) => {
    const found = types.get(`${starts.get(start)}-${ends.get(end)}`);
    return found === undefined ? [] : [found === NAMED[type]];
  });
  return {
    said: mentions.length,
    gold: gold.length,
    right: hits.length,
    rightType: hits.filter(Boolean).length,
  };
}

/** F1 = 2·right / (said + gold). */
export function f1Of(all: readonly Counts[]): F1 {
  const sum = (pick: (counts: Counts) => number) => all.reduce((total, counts) => total + pick(counts), 0);
  const both = Math.max(1, sum((c) => c.said) + sum((c) => c.gold));
  return { untyped: (2 * sum((c) => c.right)) / both, typed: (2 * sum((c) => c.rightType)) / both };
}
