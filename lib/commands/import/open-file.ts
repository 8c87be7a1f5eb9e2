import { FORMAT_NAMES, FORMATS, type ImportFormat } from "./formats";
import { gunzipWithin, isTar, untar, unzip } from "./archive";
import { isFields, jsonOrNull, type Fields } from "./fields";
import { linesOf, textOf } from "./lines";
import { parseLine, type ArchiveFiles, type Forms, type Records } from "./reader";
import { Refusal } from "@/lib/domain/errors";

type Bytes = AsyncIterable<Uint8Array>;

export interface OpenedFile {
  readonly format: ImportFormat;
  readonly records: Records;
  /** What a record is counted in, for messages. */
  readonly unit: "line" | "record";
}

export interface AskedFile {
  readonly format: ImportFormat | "auto";
  readonly name: string;
}

/** Enough for the first line of every file that consists of lines. */
const HEAD_BYTES = 262_144;
const ZIP = [0x50, 0x4b, 0x03, 0x04];
const GZIP = [0x1f, 0x8b];

/** Finds out what a file is, by its first bytes and, for archives and documents, by what they hold; then reads it. */
export async function openFile(bytes: Bytes, asked: AskedFile): Promise<OpenedFile> {
  const { head, all } = await peek(bytes);
  if (beginsWith(head, ZIP)) return openArchive(unzip(await bytesOf(all)), asked);
  if (beginsWith(head, GZIP)) {
    const unpacked = gunzipWithin(await bytesOf(all));
    return isTar(unpacked)
      ? openArchive(await untar(unpacked), asked)
      : openText(unpacked.subarray(0, HEAD_BYTES), once(unpacked), asked);
  }
  if (isTar(head)) return openArchive(await untar(await bytesOf(all)), asked);
  return openText(head, all, asked);
}

function openArchive(files: ArchiveFiles, { format, name }: AskedFile): OpenedFile {
  const paths = [...files.keys()];
  const found = pick(
    format,
    (forms) => forms.archive?.recognises(paths) ?? false,
    (forms) => forms.archive !== undefined,
  );
  const reading = found === null ? undefined : formsOf(found).archive;
  if (found === null || reading === undefined)
    throw unclear(
      format,
      `an archive with ${listed(paths)}`,
      "A zip is read as OpenMemory (memories.json), COGX (manifest.json) or Markdown notes (.md).",
    );
  return { format: found, records: reading.read(files, name), unit: "record" };
}

async function openText(head: Uint8Array, all: Bytes, asked: AskedFile): Promise<OpenedFile> {
  const begin = new TextDecoder().decode(head);
  const first = firstObject(begin);
  const lines =
    first === null
      ? null
      : pick(
          asked.format,
          (forms) => forms.lines?.recognises(first) ?? false,
          () => false,
        );
  if (lines !== null) return openLines(lines, all);
  if (/^\s*(?:[[{]|"\s*\{)/u.test(begin) && !mustBeLines(asked.format)) return openDocument(all, asked);
  return openPlain(begin, all, asked);
}

/** Whoever names a format of lines has a broken line reported as one, and not the whole file as broken. */
const mustBeLines = (format: AskedFile["format"]): boolean => format === "ndjson";

function openLines(format: ImportFormat, all: Bytes): OpenedFile {
  const reading = formsOf(format).lines;
  if (reading === undefined) throw new Error(`${format} has no lines`);
  const { read } = reading;
  async function* records() {
    for await (const { line, text } of linesOf(all)) {
      const parsed = parseLine(line, text);
      if ("value" in parsed) yield* read(line, parsed.value);
      else yield parsed.record;
    }
  }
  return { format, records: records(), unit: "line" };
}

async function openDocument(all: Bytes, { format, name }: AskedFile): Promise<OpenedFile> {
  const value = parseDocument(await textOf(all), format);
  const found = pick(
    format,
    (forms) => forms.json?.recognises(value) ?? false,
    (forms) => forms.json !== undefined,
  );
  const reading = found === null ? undefined : formsOf(found).json;
  if (found === null || reading === undefined)
    throw unclear(format, describe(value), "It is none of the known forms.");
  return { format: found, records: reading.read(value, name), unit: "record" };
}

function parseDocument(text: string, format: AskedFile["format"]): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refusal(
      "invalid_input",
      `The file${format === "auto" ? "" : `, read as ${format},`} is not valid JSON: ${error instanceof Error ? error.message : "it cannot be read"}. Nothing was imported; it may be cut off.`,
    );
  }
}

function openPlain(begin: string, all: Bytes, { format, name }: AskedFile): OpenedFile {
  if (format === "ndjson") return openLines(format, all);
  const found = pick(
    format,
    (forms) => forms.text?.recognises(begin) ?? false,
    (forms) => forms.text !== undefined,
  );
  const reading = found === null ? undefined : formsOf(found).text;
  if (found !== null && reading !== undefined)
    return { format: found, records: reading.read(all, name), unit: found === "csv" ? "line" : "record" };
  if (format !== "auto" && formsOf(format).lines !== undefined) return openLines(format, all);
  throw unclear(
    format,
    `text that begins with ${JSON.stringify(begin.slice(0, SHOWN_CHARACTERS))}`,
    "Text is read as CSV when its first line names a column `content`, and as Markdown when it begins with front matter or a heading.",
  );
}

/** A format of the table, seen as what every row of it is. */
const formsOf = (format: ImportFormat): Forms => FORMATS[format];

/** The format that was asked for, when it comes in this form, or the first that recognises the file. */
function pick(
  asked: AskedFile["format"],
  recognises: (forms: Forms) => boolean,
  has: (forms: Forms) => boolean,
): ImportFormat | null {
  if (asked === "auto") return FORMAT_NAMES.find((name) => recognises(formsOf(name))) ?? null;
  return recognises(formsOf(asked)) || has(formsOf(asked)) ? asked : null;
}

const SHOWN_CHARACTERS = 60;
const SHOWN_NAMES = 8;
const listed = (names: readonly string[]): string =>
  names.length === 0
    ? "no files"
    : names
        .slice(0, SHOWN_NAMES)
        .map((name) => `\`${name}\``)
        .join(", ") + (names.length > SHOWN_NAMES ? ` and ${names.length - SHOWN_NAMES} more` : "");

function describe(value: unknown): string {
  if (Array.isArray(value))
    return `a list of ${value.length}${isFields(value[0]) ? ` objects with the fields ${listed(Object.keys(value[0]))}` : " values"}`;
  return isFields(value) ? `an object with the fields ${listed(Object.keys(value))}` : "a single value";
}

function unclear(format: AskedFile["format"], what: string, why: string): Refusal {
  const detail =
    format === "auto"
      ? `The file is ${what}. ${why} Nothing was imported; name its format with ?format=, one of ${FORMAT_NAMES.join(", ")}.`
      : `The file is ${what}, which is no ${format}. Nothing was imported; give another file, or leave the format out so that it is recognised.`;
  return new Refusal("invalid_input", detail, {
    fields: [
      {
        path: "format",
        message: format === "auto" ? "could not be recognised; name it" : `does not fit this file`,
      },
    ],
  });
}

/** The object on the first line, when that line is whole and holds one. */
function firstObject(begin: string): Fields | null {
  const [first = ""] = begin.replace(/^\uFEFF/u, "").split("\n", 1);
  const value = jsonOrNull(first);
  return isFields(value) ? value : null;
}

const beginsWith = (head: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, i) => head[i] === byte);

/** The first bytes of a stream, and the whole of it, those included. */
async function peek(bytes: Bytes): Promise<{ head: Uint8Array; all: Bytes }> {
  const source = bytes[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  let size = 0;
  while (size < HEAD_BYTES) {
    const { value, done } = await source.next();
    if (done) break;
    seen.push(value);
    size += value.length;
  }
  const head = Buffer.concat(seen);
  async function* all(): Bytes {
    yield head;
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
  }
  return { head, all: all() };
}

async function* once(bytes: Uint8Array): Bytes {
  yield await Promise.resolve(bytes);
}

const MEGABYTE = 1_048_576;
/** What has to be at hand as a whole; files of lines have no limit. */
const MOST_HELD_BYTES = 512 * MEGABYTE;

async function bytesOf(all: Bytes): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of all) {
    size += part.length;
    if (size > MOST_HELD_BYTES)
      throw new Refusal(
        "too_large",
        `An archive may have ${MOST_HELD_BYTES / MEGABYTE} MB. Nothing was imported; split it, or import its files one by one.`,
      );
    parts.push(part);
  }
  return Buffer.concat(parts);
}
