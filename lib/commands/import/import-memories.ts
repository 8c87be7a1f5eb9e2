import { append } from "@/lib/store/append";
import { draft } from "@/lib/domain/ledger/draft";
import { draftHead, envelope, newPlainId, type Context } from "../context";
import { headOf } from "@/lib/queries/head";
import { knownRecords, type ToImport } from "./known-records";
import { linesOf } from "./lines";
import { openFile, type AskedFile, type OpenedFile } from "./open-file";
import { planCreation, type Planned } from "../create-memory";
import { publish } from "@/lib/store/feed";
import { Refusal } from "@/lib/domain/errors";
import { restoreLedger } from "@/lib/store/restore";
import type { Draft } from "@/lib/domain/ledger/change";

export interface ImportInput extends AskedFile {
  readonly mode: "add" | "restore";
  readonly onError: "none" | "keep";
  readonly dryRun: boolean;
}

type Bytes = AsyncIterable<Uint8Array>;

/** Everything that an import comes to before it is written. */
interface Gathered {
  readonly file: Omit<OpenedFile, "records">;
  readonly lines: number;
  readonly skipped: number;
  readonly items: readonly ToImport[];
  readonly unknownFields: readonly string[];
  readonly notes: readonly string[];
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
  if (gathered.error !== null && input.onError === "none" && !input.dryRun)
    throw refusalOf(gathered, gathered.error);
  return write(importing, input, gathered);
}

function refusalOf(
  { file, items }: Gathered,
  error: { readonly line: number; readonly message: string },
): Refusal {
  const [place, Place] = file.unit === "line" ? ["line", "Line"] : ["record", "Record"];
  return new Refusal(
    "invalid_input",
    `${Place} ${error.line} ${error.message}. Nothing was imported; mend it, or import with onError=keep to keep the ${items.length} before it.`,
    {
      fields: [{ path: `${place} ${error.line}`, message: error.message }],
      extra: { line: error.line, readable: items.length },
    },
  );
}

async function restored(ctx: Context, bytes: Bytes) {
  const done = await restoreLedger(ctx, linesOf(bytes));
  return {
    dryRun: false,
    format: "ndjson",
    lines: done.lines,
    created: done.changes,
    duplicates: 0,
    skipped: 0,
    moved: 0,
    groupId: null,
    error: null,
    unknownFields: [],
    notes: [],
    preview: [],
    head: done.head,
  };
}

async function gather(ctx: Context, input: ImportInput, bytes: Bytes): Promise<Gathered> {
  const by = { ...envelope(ctx), cause: { kind: "import" as const, importId: newPlainId() } };
  const [items, unknown, notes]: [ToImport[], Set<string>, string[]] = [[], new Set(), []];
  let [lines, skipped, told] = [0, 0, 0];
  const { records, ...file } = await openFile(bytes, input);
  const found = (error: Gathered["error"]): Gathered => ({
    file,
    lines,
    skipped,
    items,
    unknownFields: [...unknown],
    notes,
    error,
  });
  for await (const record of records) {
    lines = Math.max(lines, record.line);
    if ("problem" in record) return found({ line: record.line, message: record.problem });
    if ("note" in record) notes.push(record.note);
    else if ("skip" in record) skipped += 1;
    else {
      items.push({
        input: record.input,
        past: record.past,
        by: { ...by, origin: input.name, session: record.input.scope?.sessionId ?? null },
      });
      for (const field of record.unknown) unknown.add(field);
    }
    if (lines >= told + PROGRESS_EVERY) tell(ctx, "reading", (told = lines));
  }
  return found(null);
}

const PROGRESS_EVERY = 1000;
const tell = (ctx: Context, stage: "reading" | "writing" | "done", done: number): void =>
  publish(ctx.workspaceId, { type: "progress", data: { job: "import", stage, done } });

/** What a creation is followed by: the moves the memory had made where it came from, each as a change of its own. */
function pastDrafts({ past, by }: ToImport, { memory, drafts }: Planned): Draft[] {
  const [creation] = drafts;
  if (creation?.op !== "create") return [];
  const made = { id: memory, createdBy: creation.id };
  return past.map(({ to, note }) => {
    const head = draftHead({ ...by, cause: { ...by.cause, reason: note } });
    if (to === "active") return draft.restore(head, made);
    return to === "archived" ? draft.archive(head, made) : draft.delete(head, made);
  });
}

async function write(ctx: Context, input: ImportInput, gathered: Gathered) {
  let [created, duplicates, moved] = [0, 0, 0];
  tell(ctx, "writing", gathered.items.length);
  const groupId = await append(ctx, {
    dryRun: input.dryRun,
    decide: async (locked) => {
      const known = await knownRecords(locked, gathered.items);
      const news = gathered.items.filter((item) => !known.has(item));
      const plans = await planCreation(ctx, locked, { items: news });
      created = plans.filter((plan) => !plan.duplicate).length;
      duplicates = gathered.items.length - created;
      // One plan was made for each item, in their order.
      const past = plans.map((plan, i) => pastDrafts(news[i] as ToImport, plan));
      moved = past.flat().length;
      return plans.flatMap((plan, i) => [...plan.drafts, ...(past[i] ?? [])]);
    },
    answer: (done) => Promise.resolve(done.groupId),
  });
  tell(ctx, "done", gathered.items.length);
  const { file, lines, skipped, error, unknownFields, notes } = gathered;
  return {
    dryRun: input.dryRun,
    format: file.format,
    lines,
    created,
    duplicates,
    skipped,
    moved,
    groupId: input.dryRun ? null : groupId,
    error,
    unknownFields,
    notes,
    preview: firstOf(gathered.items),
    head: await headOf(ctx),
  };
}

const SHOWN_ITEMS = 10;
const SHOWN_CHARACTERS = 300;

/** The first memories as they would be, for whoever looks before importing. */
const firstOf = (items: readonly ToImport[]) =>
  items.slice(0, SHOWN_ITEMS).map(({ input, past }) => ({
    content:
      input.content.length > SHOWN_CHARACTERS
        ? `${input.content.slice(0, SHOWN_CHARACTERS)}…`
        : input.content,
    kind: input.kind ?? "fact",
    tags: input.tags ?? [],
    validAt: input.validAt ?? null,
    lifecycle: past.at(-1)?.to ?? "active",
  }));
