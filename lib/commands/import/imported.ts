import { parseCreateMemory } from "@/lib/contracts/parse";
import type { CreateMemoryIn } from "@/lib/contracts/memory";
import type { Kind, Lifecycle } from "@/lib/domain/memory/memory";
import { splitText } from "./split-text";
import type { Fields } from "./fields";

/** A move of its lifecycle that a memory had made before it came here; `note` says when and what it was called there. */
export interface PastMove {
  readonly to: Lifecycle;
  readonly note: string;
}

/** What every reader makes of one thing in a foreign file. */
export interface ImportedMemory {
  readonly content: string;
  readonly kind?: Kind | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly metadata?: Fields | undefined;
  readonly userId?: string | undefined;
  readonly agentId?: string | undefined;
  readonly runId?: string | undefined;
  readonly sessionId?: string | undefined;
  /** Its id over there. */
  readonly ref?: string | undefined;
  readonly speaker?: string | undefined;
  readonly validAt?: string | undefined;
  readonly invalidAt?: string | undefined;
  readonly past?: readonly PastMove[] | undefined;
  /** Fields that we have no place for: kept in the metadata under their own names, and reported. */
  readonly rest?: Fields | undefined;
}

/** One record of an import, why one cannot be read, that one holds nothing, or a remark on the file as a whole. */
export type ImportedRecord =
  | {
      readonly line: number;
      readonly input: CreateMemoryIn;
      readonly unknown: readonly string[];
      readonly past: readonly PastMove[];
    }
  | { readonly line: number; readonly problem: string }
  | { readonly line: number; readonly skip: true }
  | { readonly line: number; readonly note: string };

/** A memory as a record; a text that is longer than a memory may be becomes several, with the part in its reference. */
export function recordsOf(line: number, memory: ImportedMemory): ImportedRecord[] {
  if (memory.content.trim() === "") return [{ line, skip: true }];
  const pieces = splitText(memory.content.trim());
  return pieces.map((content, i) =>
    recordOf(line, {
      ...memory,
      content,
      ref: pieces.length > 1 ? `${memory.ref ?? line}#${i + 1}` : memory.ref,
    }),
  );
}

function recordOf(line: number, memory: ImportedMemory): ImportedRecord {
  const { content, kind, tags = [], metadata, rest = {}, validAt, invalidAt, past = [] } = memory;
  const parsed = parseCreateMemory(
    withoutEmpty({
      content,
      kind,
      tags: [...new Set(tags)],
      metadata: withoutEmpty({ ...metadata, ...rest }),
      scope: withoutEmpty({
        userId: memory.userId,
        agentId: memory.agentId,
        runId: memory.runId,
        sessionId: memory.sessionId,
      }),
      source: withoutEmpty({ channel: "import", ref: memory.ref, speaker: memory.speaker }),
      validAt,
      // Some stores close a fact at the moment it began, or before; it has then been valid for no time at all.
      invalidAt:
        invalidAt !== undefined && validAt !== undefined && invalidAt < validAt ? validAt : invalidAt,
    }),
  );
  return parsed.ok
    ? { line, input: parsed.value, unknown: Object.keys(rest), past }
    : { line, problem: parsed.problem };
}

const withoutEmpty = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
