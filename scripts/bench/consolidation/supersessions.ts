import { readLines, readSet, utc, type DataMemory } from "../data";
import { rounded, type Row } from "../report";
import { namesIn, row } from "./pairs";

import path from "node:path";

import { claimsOf, NEWS } from "@/lib/domain/consolidation/claims";
import { disagreement, type Statement } from "@/lib/domain/consolidation/supersession";
import { wordingOf, type Reader } from "@/lib/domain/consolidation/wording";
import { millis } from "@/lib/domain/ids";
import { dot } from "@/lib/domain/vector";
import { getEmbedder } from "@/lib/models/embedder";
import { readerWith } from "@/lib/search/reader";

interface Dated {
  readonly text: string;
  readonly timestamp: string;
}
interface Fact extends DataMemory {
  readonly fact_group?: string;
}
type Pair = readonly [older: Dated, newer: Dated];

const NEAREST = 5;

/**
 * Pairs of which the later replaces the earlier, and pairs of which both stand: near neighbours of one person about other things,
 * and the judged pairs of texts, which have no dates of their own and get two a month apart.
 */
export async function supersessions(dataFolder: string): Promise<Row[]> {
  const judged = await readLines<{ a: string; b: string; source: string }>(
    path.join(dataFolder, "dedupe", "pairs.jsonl"),
  );
  const facts = await readLines<DataMemory>(path.join(dataFolder, "locomo_facts", "memories.jsonl"));
  const dated = await readLines<Fact>(path.join(dataFolder, "situatedqa", "memories.jsonl"));
  const turns = await readSet(dataFolder, "longmemeval");
  const updates = updatesIn(turns);
  const known = new Set(updates.flatMap(([a, b]) => [`${a.text}|${b.text}`, `${b.text}|${a.text}`]));
  const sets: Readonly<Record<string, { readonly pairs: readonly Pair[]; readonly replaces: boolean }>> = {
    situatedqa: { pairs: successions(dated), replaces: true },
    "longmemeval updates": { pairs: updates, replaces: true },
    "judged pairs": {
      pairs: judged.map(
        ({ a, b }) =>
          [
            { text: a, timestamp: "2024-01-01" },
            { text: b, timestamp: "2024-02-01" },
          ] as const,
      ),
      replaces: false,
    },
    "locomo_facts neighbours": {
      pairs: await neighbours(facts, (a, b) => a.scope === b.scope && a.speaker === b.speaker),
      replaces: false,
    },
    "situatedqa other questions": {
      pairs: await neighbours(dated, (a, b) => a.fact_group === undefined || a.fact_group !== b.fact_group),
      replaces: false,
    },
    "longmemeval neighbours": {
      pairs: (await neighbours(turns.memories, (a, b) => a.speaker === b.speaker)).filter(
        ([a, b]) => !known.has(`${a.text}|${b.text}`),
      ),
      replaces: false,
    },
  };
  const texts = Object.values(sets).flatMap(({ pairs }) => pairs.flat().map((d) => d.text));
  const reader = readerWith(namesIn([...new Set(texts)]));
  const counts = Object.entries(sets).map(([name, { pairs, replaces }]) => ({
    name,
    replaces,
    all: pairs.length,
    ...count(pairs, reader),
  }));
  const sum = (of: typeof counts, pick: (c: (typeof counts)[number]) => number) =>
    of.reduce((total, c) => total + pick(c), 0);
  const [right, wrong] = [counts.filter((c) => c.replaces), counts.filter((c) => !c.replaces)];
  const [hits, misses] = [sum(right, (c) => c.supersede), sum(wrong, (c) => c.supersede)];
  return [
    row("false supersession", misses / sum(wrong, (c) => c.all), {
      unit: `${misses} of ${sum(wrong, (c) => c.all)}`,
      target: "< .01",
    }),
    row("supersession precision", hits / Math.max(1, hits + misses), { unit: `${hits} of ${hits + misses}` }),
    row("supersession recall", hits / sum(right, (c) => c.all), {
      unit: `${hits} of ${sum(right, (c) => c.all)}`,
    }),
    ...counts.map((c) =>
      row(`${c.name}: ${c.replaces ? "replaced" : "falsely replaced"}`, c.supersede / c.all, {
        unit: `of ${c.all}`,
        baseline: `contested ${rounded(c.contest / c.all)}`,
      }),
    ),
  ];
}

function count(
  pairs: readonly Pair[],
  reader: Reader,
): { readonly supersede: number; readonly contest: number } {
  const read = new Map<string, Omit<Statement, "validAt">>();
  const statement = ({ text, timestamp }: Dated): Statement => {
    const known = read.get(text) ?? {
      wording: wordingOf(text, reader),
      claims: claimsOf(text, reader),
      isNews: NEWS.test(text),
    };
    read.set(text, known);
    return { ...known, validAt: millis(Date.parse(utc(timestamp))) };
  };
  const kinds = pairs.map(([older, newer]) => disagreement(statement(older), statement(newer))?.kind);
  return {
    supersede: kinds.filter((k) => k === "supersede").length,
    contest: kinds.filter((k) => k === "contest").length,
  };
}

/** Each answer to a question and the next one. */
function successions(facts: readonly Fact[]): Pair[] {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts)
    if (fact.fact_group !== undefined)
      groups.set(fact.fact_group, [...(groups.get(fact.fact_group) ?? []), fact]);
  return [...groups.values()].flatMap((group) => {
    const inOrder = [...group].sort((a, b) => Date.parse(utc(a.timestamp)) - Date.parse(utc(b.timestamp)));
    return inOrder
      .slice(1)
      .flatMap((newer, i): Pair[] => (inOrder[i] === undefined ? [] : [[inOrder[i], newer]]));
  });
}

function updatesIn({ memories, queries }: Awaited<ReturnType<typeof readSet>>): Pair[] {
  const byId = new Map(memories.map((m) => [m.id, m]));
  return queries.flatMap(({ current = [], stale = [] }) =>
    stale.flatMap((s) =>
      current.flatMap((c): Pair[] => {
        const [older, newer] = [byId.get(s), byId.get(c)];
        return older && newer ? [[older, newer]] : [];
      }),
    ),
  );
}

/** Each text with the nearest few that it may be compared with; by their dates, earlier first. */
async function neighbours<M extends DataMemory>(
  memories: readonly M[],
  mayCompare: (a: M, b: M) => boolean,
): Promise<Pair[]> {
  const vectors = await (await getEmbedder()).embed(memories.map((m) => m.text));
  const seen = new Set<string>();
  return memories.flatMap((own, i) => {
    const others = memories.flatMap((other, j) => {
      const [a, b] = [vectors[i], vectors[j]];
      return i !== j && a && b && mayCompare(own, other) ? [{ other, j, similarity: dot(a, b) }] : [];
    });
    return others
      .sort((a, b) => b.similarity - a.similarity)
      .slice(0, NEAREST)
      .flatMap(({ other, j }): Pair[] => {
        const key = i < j ? `${i}|${j}` : `${j}|${i}`;
        if (seen.has(key)) return [];
        seen.add(key);
        return Date.parse(utc(own.timestamp)) <= Date.parse(utc(other.timestamp))
          ? [[own, other]]
          : [[other, own]];
      });
  });
}
