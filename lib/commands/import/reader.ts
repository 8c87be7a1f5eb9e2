import type { ImportedRecord } from "./imported";
import { isFields, type Fields } from "./fields";

/** The files of an archive, by their paths. */
export type ArchiveFiles = ReadonlyMap<string, Uint8Array>;

export type Records = Iterable<ImportedRecord> | AsyncIterable<ImportedRecord>;

/** The forms of file that a format comes in: how each is recognised and read. `name` is the file's, or the import's label. */
export interface Forms {
  /** One JSON object per line. */
  readonly lines?: {
    readonly recognises: (first: Fields) => boolean;
    readonly read: (line: number, value: Fields) => readonly ImportedRecord[];
  };
  /** The whole file is one JSON value. */
  readonly json?: {
    readonly recognises: (value: unknown) => boolean;
    readonly read: (value: unknown, name: string) => Records;
  };
  /** Text that is no JSON, recognised by how it begins. */
  readonly text?: {
    readonly recognises: (head: string) => boolean;
    readonly read: (bytes: AsyncIterable<Uint8Array>, name: string) => Records;
  };
  /** A zip or tar archive, recognised by the paths in it. */
  readonly archive?: {
    readonly recognises: (paths: readonly string[]) => boolean;
    readonly read: (files: ArchiveFiles, name: string) => Records;
  };
}

type Parsed = { readonly value: Fields } | { readonly record: ImportedRecord };

/** The object that a line holds, or the record that says why it holds none. */
export function parseLine(line: number, text: string): Parsed {
  if (text.trim() === "") return { record: { line, skip: true } };
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? { value } : { record: { line, problem: "is not a JSON object" } };
  } catch {
    return { record: { line, problem: "is not valid JSON; the file may be cut off here" } };
  }
}

/** All lines of a text that is at hand as a whole, such as a file of an archive. */
export function* recordsOfLines(
  text: string,
  read: (line: number, value: Fields) => readonly ImportedRecord[],
): Generator<ImportedRecord> {
  const lines = text.split("\n");
  // The last line break ends a line and begins none.
  for (const [i, each] of (text.endsWith("\n") ? lines.slice(0, -1) : lines).entries()) {
    const parsed = parseLine(i + 1, each);
    if ("value" in parsed) yield* read(i + 1, parsed.value);
    else yield parsed.record;
  }
}
