import { parseCreateMemory } from "@/lib/contracts/parse";
import { isFields, type Fields } from "../fields";
import type { ImportedRecord } from "../imported";
import type { Forms } from "../reader";

/** Fields of a memory line under the names that exports of others use for them. */
const ALIASES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    text: "content",
    memory: "content",
    timestamp: "validAt",
    session: "sessionId",
    user_id: "userId",
    agent_id: "agentId",
    run_id: "runId",
  }),
);
const SCOPE_FIELDS = new Set(["userId", "agentId", "runId", "sessionId"]);
const SOURCE_FIELDS = new Set(["speaker", "ref"]);
const MEMORY_FIELDS = new Set([
  "content",
  "kind",
  "tags",
  "metadata",
  "scope",
  "validAt",
  "invalidAt",
  "source",
]);

/** What we have no field for is kept in the metadata under its own name, and reported. */
export function ownRecord(line: number, value: object): ImportedRecord {
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
  return parsed.ok
    ? { line, input: parsed.value, unknown: Object.keys(rest), past: [] }
    : { line, problem: parsed.problem };
}

const LEDGER_LINE =
  "is a line of a whole ledger, which is restored and not added to: import it with mode=restore into an empty workspace";

/** A ledger's own lines are known by its head; adding them as memories would lose what they say. */
const isLedger = ({ type, version, seq }: Fields): boolean =>
  (type === "palimpsest" && version !== undefined) || (type === "change" && seq !== undefined);

const holdsText = (value: Fields): boolean => "content" in value || "text" in value || "memory" in value;

/** Memories in our own field names, one per line or as a JSON list. */
export const own: Forms = {
  lines: {
    recognises: (first) => holdsText(first) || isLedger(first) || "type" in first,
    read: (line, value) => [isLedger(value) ? { line, problem: LEDGER_LINE } : ownRecord(line, value)],
  },
  json: {
    recognises: (value) => isOwnList(value),
    read: (value) =>
      Array.isArray(value)
        ? value.map((one, i) =>
            isFields(one) ? ownRecord(i + 1, one) : { line: i + 1, problem: "is not a JSON object" },
          )
        : [{ line: 1, problem: "is not a list of memories" }],
  },
};

const isOwnList = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((one) => isFields(one) && typeof one["content"] === "string" && !("memory" in one));
