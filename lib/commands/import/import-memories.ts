import { append } from "@/lib/store/append";
import { conversationRecords } from "./conversation";
import { envelope, newPlainId, type Context } from "../context";
import { headOf } from "@/lib/queries/head";
import { linesOf, textOf } from "./lines";
import { memoryLine, type ImportedRecord, type ImportFormat } from "./formats";
import { planCreation, type ToCreate } from "../create-memory";
import { publish } from "@/lib/store/feed";
import { Refusal } from "@/lib/domain/errors";
import { restoreLedger } from "@/lib/store/restore";

export interface ImportInput {
  readonly format: ImportFormat | "auto";
  readonly mode: "add" | "restore";
  readonly onError: "none" | "keep";
  readonly dryRun: boolean;
  readonly name: string;
}

type Bytes = AsyncIterable<Uint8Array>;

/** Everything that an import comes to before it is written. */
interface Gathered {
  readonly format: string;
  readonly lines: number;
  readonly skipped: number;
  readonly items: readonly ToCreate[];
  readonly unknownFields: readonly string[];
  readonly error: { readonly line: number; readonly message: string } | null;
}

/**
 * Imports a stream as one group in one transaction, so it is there as a whole, can be taken back as a whole, and a crash
 * leaves nothing of it. A bad line stops it: with `onError: "none"` nothing is kept, with `"keep"` what came before it.
 */
export async function importMemories(ctx: Context, input: ImportInput, bytes: Bytes) {
  if (input.mode === "restore") return restored(ctx, bytes);
  const importing: Context = { ...ctx, channel: "import" };
  const gathered = await gather(importing, input, bytes);
  if (gathered.error !== null && input.onError === "none" && !input.dryRun) {
    throw new Refusal("invalid_input", `Line ${gathered.error.line} ${gathered.error.message}. Nothing was imported; mend the line, or import with onError=keep to keep the ${gathered.items.length} before it.`, {
      fields: [{ path: `line ${gathered.error.line}`, message: gathered.error.message }], extra: { line: gathered.error.line, readable: gathered.items.length },
    });
  }
  return write(importing, input, gathered);
}

async function restored(ctx: Context, bytes: Bytes) {
  const done = await restoreLedger(ctx, linesOf(bytes));
  return { dryRun: false, format: "ndjson", lines: done.lines, created: done.changes, duplicates: 0, skipped: 0, groupId: null, error: null, unknownFields: [], head: done.head };
}

async function gather(ctx: Context, input: ImportInput, bytes: Bytes): Promise<Gathered> {
  const by = { ...envelope(ctx), cause: { kind: "import" as const, importId: newPlainId() } };
  const items: ToCreate[] = [];
  const unknown = new Set<string>();
  let [lines, skipped] = [0, 0];
  const { format, records } = await readRecords(input, bytes);
  for await (const record of records) {
    lines = record.line;
    if ("problem" in record) return { format, lines, skipped, items, unknownFields: [...unknown], error: { line: record.line, message: record.problem } };
    if ("skip" in record) skipped += 1;
    else {
      items.push({ input: record.input, by: { ...by, origin: input.name, session: record.input.scope?.sessionId ?? null } });
      for (const field of record.unknown) unknown.add(field);
    }
    if (lines % PROGRESS_EVERY === 0) publish(ctx.workspaceId, { type: "progress", data: { job: "import", stage: "reading", done: lines } });
  }
  return { format, lines, skipped, items, unknownFields: [...unknown], error: null };
}

const PROGRESS_EVERY = 1000;

/** By the format that was asked for, or by what the document begins with: a line that is an object by itself is NDJSON. */
async function readRecords(input: ImportInput, bytes: Bytes): Promise<{ format: ImportFormat; records: AsyncIterable<ImportedRecord> | Iterable<ImportedRecord> }> {
  if (input.format === "conversation") return { format: "conversation", records: conversationRecords(await textOf(bytes), input.name) };
  if (input.format === "ndjson") return { format: "ndjson", records: memoryLines(linesOf(bytes)) };
  const text = await textOf(bytes);
  const [first = ""] = text.split("\n", 1);
  if (isObjectLine(first)) return { format: "ndjson", records: memoryLines(linesOf(once(text))) };
  return { format: "conversation", records: conversationRecords(text, input.name) };
}

function isObjectLine(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value) && ("content" in value || "text" in value || "memory" in value || "type" in value);
  } catch {
    return false;
  }
}

async function* once(text: string): Bytes {
  yield await Promise.resolve(new TextEncoder().encode(text));
}

async function* memoryLines(lines: ReturnType<typeof linesOf>): AsyncGenerator<ImportedRecord> {
  for await (const { line, text } of lines) yield memoryLine(line, text);
}

async function write(ctx: Context, input: ImportInput, gathered: Gathered) {
  let [created, duplicates] = [0, 0];
  const groupId = await append(ctx, {
    dryRun: input.dryRun,
    decide: async (locked) => {
      const plans = await planCreation(ctx, locked, gathered.items);
      duplicates = plans.filter((p) => p.duplicate).length;
      created = plans.length - duplicates;
      return plans.flatMap((p) => p.drafts);
    },
    answer: (done) => Promise.resolve(done.groupId),
  });
  const { format, lines, skipped, error, unknownFields } = gathered;
  return { dryRun: input.dryRun, format, lines, created, duplicates, skipped, groupId: input.dryRun ? null : groupId, error, unknownFields, head: await headOf(ctx) };
}
