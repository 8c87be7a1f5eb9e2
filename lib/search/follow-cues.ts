import { chunks } from "@/lib/store/chunks";
import { cueRows, questionVectors, type CueRow, type QuestionVector } from "@/lib/store/cue-rows";
import { groupBy } from "@/lib/domain/group-by";
import { namesRead } from "@/lib/domain/recall/question";
import { peopleKey, type AskedOf } from "@/lib/domain/learning/question-nearness";
import { millis, type MemoryId, type WorkspaceId } from "@/lib/domain/ids";
import { vectorOf } from "@/lib/store/telemetry";
import type { JudgedFor } from "./cue-index";
import type { WorkspaceIndex } from "./workspace-index";

/** The index that follows, and whose vectors it holds: those of another model say nothing here. */
export interface Followed {
  readonly workspaceId: WorkspaceId;
  readonly index: WorkspaceIndex;
  readonly model: string;
  /** Whose names a question is read for: those of the epoch that the index stands in. */
  readonly speakers: readonly string[];
}

/**
 * Reads again what was learned for questions about these memories, from the live changes. Called with whatever moved, so a
 * revert takes its term out and a redo brings it back, like everything else in the index.
 */
export async function followCues(followed: Followed, moved: readonly MemoryId[]): Promise<void> {
  const { workspaceId, index, model, speakers } = followed;
  const judged = moved
    .flatMap((id) => index.find(id) ?? [])
    .filter((memory) => Object.keys(memory.evidence).length > 0);
  for (const id of moved) {
    const memory = index.find(id);
    if (memory && Object.keys(memory.evidence).length === 0) index.cues.remove(memory.key);
  }
  if (judged.length === 0) return;
  const ids = judged.map((memory) => memory.id);
  const rows = withPeople(await cueRows(workspaceId, ids, model), speakers);
  const questions = await newQuestions(followed, rows);
  const byMemory = groupBy(rows, (row) => row.memoryId);
  for (const { id, key, kind, evidence } of judged)
    index.cues.set(key, { terms: termsOf(byMemory.get(id) ?? []), evidence, kind }, questions);
}

/** Another epoch may know other speakers: every judged question is read for them again. */
export async function followSpeakers(followed: Followed): Promise<void> {
  const { index } = followed;
  const judged = [...index.cues.keys].flatMap((key) => index.memories[key]?.id ?? []);
  for (const part of chunks(judged)) await followCues(followed, part);
}

/** A row with the people that its question names: questions of one vector that name different people are two. */
export interface CueRowOfPeople extends CueRow {
  readonly people: string;
}

/**
 * The people are read from the logged words rather than kept beside them, so that all questions are always read alike,
 * whoever has come to speak since.
 */
export function withPeople(rows: readonly CueRow[], speakers: readonly string[]): CueRowOfPeople[] {
  const read = namesRead(speakers);
  const known = new Map<string, string>();
  return rows.map((row) => {
    const people = known.get(row.query) ?? peopleKey(read(row.query));
    known.set(row.query, people);
    return { ...row, people, question: people === "" ? row.question : `${row.question}\n${people}` };
  });
}

export const termsOf = (rows: readonly CueRowOfPeople[]): JudgedFor[] =>
  rows.map(({ question, at, weight, source }) => ({ question, at: millis(Number(at)), weight, source }));

async function newQuestions(
  { workspaceId, index }: Followed,
  rows: readonly CueRowOfPeople[],
): Promise<ReadonlyMap<string, AskedOf>> {
  const missing = rows.filter((row) => !index.cues.holds(row.question));
  if (missing.length === 0) return new Map();
  const found = await questionVectors(workspaceId, [...new Set(missing.map((row) => row.retrievalId))]);
  return questionsOf(missing, found, index.vectors.dimensions);
}

/** By name, those whose vector was found and is of the model that is searched by. */
export function questionsOf(
  rows: readonly CueRowOfPeople[],
  found: readonly QuestionVector[],
  dimensions: number,
): Map<string, AskedOf> {
  const vectors = new Map(found.map(({ id, vector }) => [id, vectorOf(vector)]));
  return new Map(
    rows.flatMap(({ question, retrievalId, people }) => {
      const vector = vectors.get(retrievalId);
      return vector?.length === dimensions ? [[question, { vector, people }] as const] : [];
    }),
  );
}
