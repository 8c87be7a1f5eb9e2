import { parseCreateMemory } from "@/lib/contracts/parse";
import type { CreateMemoryIn } from "@/lib/contracts/memory";

/** One record of an import, or why a line is not one. */
export type ImportedRecord =
  | { readonly line: number; readonly input: CreateMemoryIn; readonly unknown: readonly string[] }
  | { readonly line: number; readonly problem: string }
  | { readonly line: number; readonly skip: true };

export type ImportFormat = "ndjson" | "conversation";

/** Fields of a memory line under the names that exports of others use for them. */
const ALIASES: ReadonlyMap<string, string> = new Map(Object.entries({ text: "content", memory: "content", timestamp: "validAt", session: "sessionId", user_id: "userId", agent_id: "agentId", run_id: "runId" }));
const SCOPE_FIELDS = new Set(["userId", "agentId", "runId", "sessionId"]);
const SOURCE_FIELDS = new Set(["speaker", "ref"]);
const MEMORY_FIELDS = new Set(["content", "kind", "tags", "metadata", "scope", "validAt", "invalidAt", "source"]);

/** Memories one per line. What we have no field for is kept in the metadata under its own name, and reported. */
export function memoryLine(line: number, text: string): ImportedRecord {
  if (text.trim() === "") return { line, skip: true };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { line, problem: "is not valid JSON; the file may be cut off here" };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return { line, problem: "is not a JSON object" };
  return toRecord(line, value);
}

export function toRecord(line: number, value: object): ImportedRecord {
  const memory: Record<string, unknown> = {};
  const scope: Record<string, unknown> = {};
  const source: Record<string, unknown> = {};
  const rest: Record<string, unknown> = {};
  for (const [given, field] of Object.entries(value)) {
    const name = ALIASES.get(given) ?? given;
    if (SCOPE_FIELDS.has(name)) scope[name] = String(field);
    else if (name === "id" && typeof field === "string") source.ref = field;
    else if (SOURCE_FIELDS.has(name)) source[name] = field;
    else if (name === "scope" && typeof field === "string") scope.userId = field;
    else if (MEMORY_FIELDS.has(name)) memory[name] = field;
    else rest[name] = field;
  }
  // Whatever the line holds under these names, the contract right below judges what comes of it.
  const nested = memory as { readonly scope?: object; readonly source?: object; readonly metadata?: object };
  const joined = {
    ...memory,
    scope: { ...nested.scope, ...scope },
    source: { channel: "import", ...nested.source, ...source },
    metadata: { ...nested.metadata, ...rest },
  };
  const parsed = parseCreateMemory(joined);
  return parsed.ok ? { line, input: parsed.value, unknown: Object.keys(rest) } : { line, problem: parsed.problem };
}
