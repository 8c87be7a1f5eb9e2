import { createHash } from "node:crypto";

import { Client } from "pg";

import { readSet, utc } from "./data";

import type { Context } from "@/lib/commands/context";
import type { CreateMemoryIn } from "@/lib/contracts/memory";
import { passagesOf } from "@/lib/domain/recall/passages";
import { getEmbedder } from "@/lib/models/embedder";
import { packed } from "@/lib/domain/packed-vectors";

/** As many different memories as wanted, in the words and the lengths of people. */
export interface Synthetic {
  readonly inputs: readonly CreateMemoryIn[];
  readonly questions: readonly string[];
}

const SESSION_TURNS = 20;
const MINUTE_MS = 60_000;

/** Each text is half of one turn and half of another one, so that words recur as they do and no text does. */
export async function synthetic(dataFolder: string, count: number): Promise<Synthetic> {
  const { memories, queries } = await readSet(dataFolder, "locomo");
  const start = Date.parse(utc("2023-01-01"));
  const inputs = Array.from({ length: count }, (_, i): CreateMemoryIn => {
    const first = memories[i % memories.length];
    const second = memories[(i * 7 + Math.floor(i / memories.length) * 13 + 1) % memories.length];
    return {
      content: `${halfOf(first?.text ?? "", 0)} ${halfOf(second?.text ?? "", 1)} (${i})`,
      validAt: new Date(start + i * MINUTE_MS).toISOString(),
      scope: { userId: "bench", sessionId: `s${Math.floor(i / SESSION_TURNS)}` },
      source: { speaker: first?.speaker ?? "somebody" },
    };
  });
  return { inputs, questions: queries.map((q) => q.text) };
}

/** What a client remembers most of the time: single facts, here of people's conversations, none long enough to have passages. */
export async function shortTexts(dataFolder: string, count: number): Promise<string[]> {
  const { memories } = await readSet(dataFolder, "locomo_facts");
  const texts = new Set(memories.map(({ text }) => text).filter((text) => passagesOf(text).length === 0));
  return [...texts].slice(0, count);
}

function halfOf(text: string, half: 0 | 1): string {
  const words = text.split(/\s+/u);
  const middle = Math.ceil(words.length / 2);
  return words.slice(half * middle, half * middle + middle).join(" ");
}

const ROWS = 1000;

/**
 * Stores the vectors of every text and its passages, so that a large store is ready without an hour of the model's time. They are pseudo-random
 * directions: every vector is compared with every question, so their values cost nothing and gain nothing.
 */
export async function storeVectors(
  url: string,
  { workspaceId }: Context,
  texts: readonly string[],
): Promise<void> {
  const { model, dimensions } = await getEmbedder();
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("SELECT set_config('app.workspace', $1, false)", [workspaceId]);
    for (let from = 0; from < texts.length; from += ROWS) {
      const part = texts.slice(from, from + ROWS);
      const hashes = part.map((text) => createHash("sha256").update(text).digest());
      const vectors = part.map((_, i) => directions(from + i, 1, dimensions));
      const passages = part.map((text, i) => directions(from + i, passagesOf(text).length, dimensions));
      await client.query(
        `INSERT INTO "Embedding" ("workspaceId", "model", "textHash", "vector", "passages")
         SELECT $1::uuid, $2, t.* FROM unnest($3::bytea[], $4::bytea[], $5::bytea[]) AS t ON CONFLICT DO NOTHING`,
        [workspaceId, model, hashes, vectors, passages],
      );
    }
  } finally {
    await client.end();
  }
}

/** As many of them as a text has, one after the other. */
const directions = (text: number, count: number, dimensions: number): Buffer =>
  Buffer.concat(
    Array.from({ length: count }, (_, i) => packed(direction(text * MOST + i + 1, dimensions), dimensions)),
  );

/** More than any text has passages. */
const MOST = 64;

/** A unit vector from a linear congruential generator; the same number gives the same one. */
function direction(number: number, dimensions: number): Float32Array<ArrayBuffer> {
  let state = Math.imul(number, 2_654_435_761) >>> 0;
  const vector = Float32Array.from({ length: dimensions }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  });
  const length = Math.hypot(...vector);
  return vector.map((component) => component / length);
}
