import { CsvError, parse, type Parser } from "csv-parse";
import { Readable } from "node:stream";
import { KINDS } from "@/lib/domain/memory/memory";
import { isFields, jsonOrNull, restOf, textAt, textsAt, timeAt, type Fields } from "../fields";
import { recordsOf, type ImportedRecord } from "../imported";
import { Refusal } from "@/lib/domain/errors";
import type { Forms } from "../reader";

/** Column names, lower case and without spaces and underscores, and what each means. */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  content: ["content", "text", "memory", "note", "fact"],
  kind: ["kind"],
  tags: ["tags", "categories", "labels"],
  userId: ["userid", "user"],
  agentId: ["agentid", "agent"],
  runId: ["runid", "run"],
  sessionId: ["sessionid", "session"],
  ref: ["ref", "id"],
  speaker: ["speaker"],
  validAt: ["validat", "createdat", "timestamp", "date", "time"],
  invalidAt: ["invalidat"],
};
/** Columns of our own tables that a new memory cannot be given; in anybody else's they are kept like any other. */
const OWN_READINGS = ["id", "lifecycle", "confidence", "channel", "createdAt", "updatedAt"];
const isOurs = (row: Fields): boolean => OWN_READINGS.every((column) => column in row);

const plain = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]/gu, "");

/** The file's columns by what they mean; the first of several with one meaning counts, the others are kept as they are. */
function meanings(columns: readonly string[]): ReadonlyMap<string, string> {
  const found = Object.entries(COLUMNS).map(
    ([field, names]) =>
      [field, names.flatMap((name) => columns.filter((column) => plain(column) === name))[0]] as const,
  );
  return new Map(
    found.flatMap(([field, column]) => (column === undefined ? [] : [[field, column] as const])),
  );
}

function rowRecords(line: number, row: Fields): ImportedRecord[] {
  const byField = meanings(Object.keys(row));
  const at = (field: string) => textAt(row[byField.get(field) ?? ""]);
  const content = at("content");
  if (content === undefined) return [{ line, skip: true }];
  return recordsOf(line, {
    // A leading apostrophe that only keeps a spreadsheet from reckoning is no part of the text.
    content: /^'[=+\-@\t\r]/u.test(content) ? content.slice(1) : content,
    kind: KINDS.find((kind) => kind === at("kind")),
    tags: textsAt((at("tags") ?? "").replaceAll(/[;|]/gu, ",")),
    userId: at("userId"),
    agentId: at("agentId"),
    runId: at("runId"),
    sessionId: at("sessionId"),
    ref: at("ref") ?? (isOurs(row) ? textAt(row["id"]) : undefined),
    speaker: at("speaker"),
    validAt: timeAt(at("validAt")),
    invalidAt: timeAt(at("invalidAt")),
    metadata: metadataIn(row) ?? {},
    rest: restOf(row, [
      ...byField.values(),
      ...(isOurs(row) ? OWN_READINGS : []),
      ...(metadataIn(row) === null ? [] : ["metadata"]),
    ]),
  });
}

/** JSON in one cell, as our own tables have it. */
function metadataIn(row: Fields): Fields | null {
  const given = jsonOrNull(textAt(row["metadata"]) ?? "");
  return isFields(given) ? given : null;
}

function requireContent(columns: readonly string[]): readonly string[] {
  if (meanings(columns).has("content")) return columns;
  throw new Refusal(
    "invalid_input",
    `The first line of the CSV names the columns ${columns.map((name) => JSON.stringify(name)).join(", ")}; one must be \`content\` (or text, memory, note, fact). Nothing was imported; name the column that holds the text.`,
    { fields: [{ path: "content", message: "no column has this name" }] },
  );
}

const LONGEST_FIELD = 1_048_576;

function parserOf(delimiter: string): Parser {
  return parse({
    bom: true,
    columns: (header: string[]) => [...requireContent(header)],
    delimiter,
    info: true,
    max_record_size: LONGEST_FIELD,
    relax_column_count: true,
    skip_empty_lines: true,
  });
}

async function* csvRecords(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ImportedRecord> {
  const parser = Readable.from(bytes).pipe(parserOf(","));
  let line = 1;
  try {
    // With `columns` and `info` a record comes as an object beside its place.
    for await (const { record, info } of parser as AsyncIterable<{
      record: unknown;
      info: { lines: number };
    }>) {
      line = info.lines;
      yield* isFields(record) ? rowRecords(line, record) : [{ line, problem: "is not a row" }];
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    yield { line: line + 1, problem: `cannot be read as CSV: ${error.message}` };
  }
}

/** The header decides: one of its columns must hold the text. */
function isCsv(head: string): boolean {
  const [first = ""] = head.replace(/^\uFEFF/u, "").split(/\r?\n/u, 1);
  const columns = first.split(",").map((name) => name.replaceAll('"', "").trim());
  return !first.startsWith("{") && meanings(columns).has("content");
}

/** CSV with a header; a column for the text is needed, all others are read when their name is known and kept when not. */
export const csv: Forms = { text: { recognises: isCsv, read: csvRecords } };
