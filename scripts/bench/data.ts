import { readFile } from "node:fs/promises";
import path from "node:path";

export interface DataMemory {
  readonly id: string;
  readonly text: string;
  /** Stands above the text where the data has one. */
  readonly title?: string | null;
  /** Empty or absent where the data says no time. */
  readonly timestamp: string;
  readonly speaker?: string;
  readonly session?: string;
  readonly scope: string;
}

export interface DataQuery {
  readonly id: string;
  readonly text: string;
  readonly category: string;
  readonly relevant: readonly string[];
  readonly scope: string;
  /** When it is asked; null where the data does not say. */
  readonly timestamp: string | null;
  readonly answerable?: boolean;
  readonly as_of?: string;
  /** Of questions whose answer changed: the memories that hold the newest value, and those that hold earlier ones. */
  readonly current?: readonly string[];
  readonly stale?: readonly string[];
}

export interface DataSet {
  readonly name: string;
  readonly memories: readonly DataMemory[];
  /** Those that have an answer in the store. */
  readonly queries: readonly DataQuery[];
  /** Those that have none: about things that were never said, or said by somebody else. */
  readonly unanswerable: readonly DataQuery[];
}

export async function readSet(folder: string, name: string): Promise<DataSet> {
  const memories = await readLines<DataMemory>(path.join(folder, name, "memories.jsonl"));
  const queries = await readLines<DataQuery>(path.join(folder, name, "queries.jsonl"));
  const hasAnswer = (q: DataQuery) => q.answerable !== false && q.relevant.length > 0;
  return {
    name,
    memories,
    queries: queries.filter(hasAnswer),
    unanswerable: queries.filter((q) => !hasAnswer(q)),
  };
}

export async function readLines<T>(file: string): Promise<T[]> {
  const lines = (await readFile(file, "utf8")).split("\n").filter((line) => line !== "");
  // The files' fields are listed in the data's README.
  return lines.map((line) => JSON.parse(line) as T);
}

/** The data writes times without a zone, and some as a day alone; all of them are taken as UTC. */
export const utc = (time: string): string =>
  /Z$|[+-]\d\d:\d\d$/u.test(time) ? time : time.includes("T") ? `${time}Z` : `${time}T00:00:00Z`;
