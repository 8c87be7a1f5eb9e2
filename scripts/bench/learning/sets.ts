import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { utc } from "../data";

import { memoryId, millis } from "@/lib/domain/ids";
import { DEFAULTS } from "@/lib/domain/parameters";
import { FIRST_EPOCH, type Epoch } from "@/lib/domain/recall/epoch";
import { APART, peopleKey, questionNearness } from "@/lib/domain/learning/question-nearness";
import { getEmbedder } from "@/lib/models/embedder";
import { questionOf, rank } from "@/lib/search/rank";
import { createWorkspaceIndex, type WorkspaceIndex } from "@/lib/search/workspace-index";

interface Line {
  readonly id: string;
  readonly text: string;
  readonly scope: string;
}
interface MemoryLine extends Line {
  readonly timestamp: string | null;
  readonly speaker?: string;
  readonly session?: string;
}
interface QueryLine extends Line {
  readonly relevant: readonly string[];
  readonly phase?: string;
  readonly category: string;
  readonly answerable?: boolean;
}

/** One set of the protocol: what everything scores before anything is learned, and how near the questions are. */
export interface LearningSet {
  readonly name: string;
  readonly memories: number;
  readonly queries: readonly QueryLine[];
  readonly train: readonly number[];
  readonly test: readonly number[];
  /** Questions of needs that get no feedback. */
  readonly control: readonly number[];
  readonly relevant: readonly ReadonlySet<number>[];
  /** Score of each memory for each query with nothing learned; −Infinity outside the query's scope. */
  readonly base: readonly Float64Array[];
  readonly similarity: readonly Float64Array[];
  /** How near two queries are; −1 across scopes. */
  readonly nearness: readonly Float32Array[];
}

const CONTROL = new Set(["control", "solo"]);
/** Larger than any set's scope, so that every memory is scored. */
const EVERYTHING = 1000;

export async function learningSet(dataFolder: string, name: string): Promise<LearningSet> {
  const memories = await lines<MemoryLine>(path.join(dataFolder, name, "memories.jsonl"));
  const queries = (await lines<QueryLine>(path.join(dataFolder, name, "queries.jsonl"))).filter(
    (q) => q.answerable !== false && q.relevant.length > 0,
  );
  const now = millis(Date.UTC(2026, 0, 1));
  const { index, epoch } = await indexOf(memories, now);
  const parameters = { ...DEFAULTS, "recall.routeCap": EVERYTHING };
  const ask = (query: QueryLine) => ({ query: query.text, epoch, asOf: null, now });
  const read = queries.map((query) => questionOf(ask(query)));
  const vectors = await embedded(read.map(({ spoken }) => spoken));
  const asked = read.map(({ named }, i) => ({ vector: vectors[i] ?? NONE, people: peopleKey(named) }));
  const place = new Map(memories.map((memory, i) => [memory.id, i]));
  const base: Float64Array[] = [];
  const similarity: Float64Array[] = [];
  for (const [i, query] of queries.entries()) {
    const ranked = await rank(index, {
      ...ask(query),
      vector: vectors[i] ?? null,
      scope: { userId: query.scope },
      parameters,
    });
    const [scores, parts] = [
      new Float64Array(memories.length).fill(-Infinity),
      new Float64Array(memories.length),
    ];
    for (const { id, score, parts: own } of ranked) {
      scores[Number(id)] = score;
      parts[Number(id)] = own.similarity;
    }
    base.push(scores);
    similarity.push(parts);
  }
  index.vectors.dispose();
  const inPhase = (is: (phase: string) => boolean) =>
    queries.flatMap((q, i) => (is(q.phase ?? "") ? [i] : []));
  const nearness = asked.map((own, i) =>
    Float32Array.from(asked, (other, t) =>
      queries[t]?.scope === queries[i]?.scope ? questionNearness(own, other) : APART,
    ),
  );
  return {
    name,
    queries,
    base,
    similarity,
    nearness,
    memories: memories.length,
    train: inPhase((phase) => phase === "train"),
    test: inPhase((phase) => phase === "test"),
    control: inPhase((phase) => CONTROL.has(phase)),
    relevant: queries.map((q) => new Set(q.relevant.flatMap((id) => place.get(id) ?? []))),
  };
}

const NONE = new Float32Array();

async function indexOf(
  memories: readonly MemoryLine[],
  now: number,
): Promise<{ index: WorkspaceIndex; epoch: Epoch }> {
  const vectors = await embedded(memories.map((memory) => memory.text));
  const index = createWorkspaceIndex(vectors[0]?.length ?? 1);
  for (const [i, { text, timestamp, speaker, session, scope }] of memories.entries())
    await index.upsert({
      id: memoryId(String(i).padStart(8, "0")),
      content: text,
      textHash: text,
      kind: "fact",
      tags: [],
      scope: { userId: scope, ...(session ? { sessionId: session } : {}) },
      speaker: speaker ?? null,
      validAt: millis(timestamp ? Date.parse(utc(timestamp)) : now),
      invalidAt: null,
      createdAt: millis(now + i),
      superseded: false,
      evidence: {},
      vector: vectors[i] ?? null,
    });
  const words = index.memories.reduce((sum, memory) => sum + (memory?.terms.length ?? 0), 0);
  const frequencies = new Map([...index.postings.frequencies()].filter(([, count]) => count > 1));
  const speakers = [...new Set(memories.flatMap((memory) => memory.speaker ?? []))].sort();
  return {
    index,
    epoch: {
      ...FIRST_EPOCH,
      id: "bench",
      documents: memories.length,
      averageLength: words / memories.length,
      frequencies,
      speakers,
    },
  };
}

async function lines<T>(file: string): Promise<T[]> {
  // The files' fields are listed in the data's README.
  return (await readFile(file, "utf8"))
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as T);
}

/** Vectors, kept in a folder of the machine between runs under the hash of all texts together. */
async function embedded(texts: readonly string[]): Promise<Float32Array[]> {
  const embedder = await getEmbedder();
  const key = createHash("sha256")
    .update(JSON.stringify([embedder.model, texts]))
    .digest("hex");
  const folder = path.join(tmpdir(), "palimpsest-bench-vectors");
  const file = path.join(folder, key);
  const stored = await readFile(file).catch(() => null);
  const cut = (all: Float32Array) =>
    texts.map((_, i) => all.slice(i * embedder.dimensions, (i + 1) * embedder.dimensions));
  if (stored) return cut(new Float32Array(new Uint8Array(stored).buffer));
  const vectors = await embedder.embed(texts);
  const all = new Float32Array(texts.length * embedder.dimensions);
  vectors.forEach((vector, i) => all.set(vector, i * embedder.dimensions));
  await mkdir(folder, { recursive: true });
  await writeFile(file, new Uint8Array(all.buffer));
  return cut(all);
}
