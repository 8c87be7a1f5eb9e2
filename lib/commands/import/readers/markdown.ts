import { parse } from "yaml";
import { idAt, isFields, restOf, textAt, textsAt, timeAt, type Fields } from "../fields";
import { KINDS } from "@/lib/domain/memory/memory";
import { recordsOf, type ImportedMemory, type ImportedRecord } from "../imported";
import { Refusal } from "@/lib/domain/errors";
import { textOf } from "../lines";
import { textOfFile } from "../archive";
import type { ArchiveFiles, Forms } from "../reader";

interface Note {
  readonly path: string;
  readonly head: Fields;
  readonly body: string;
}

const FRONT_MATTER = /^---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/u;
const HEAD_READ = [
  "title",
  "type",
  "tags",
  "permalink",
  "created",
  "modified",
  "updated",
  "date",
  "kind",
  "id",
  "user",
  "agent",
  "run",
  "session",
  "speaker",
  "valid_at",
  "invalid_at",
  "lifecycle",
  "palimpsest",
  "confidence",
  "merged_into",
  "merged_from",
  "superseded_by",
];

/** Dates stay text, so that no machine's time zone gets in; aliases are not resolved, so that none can be expanded for ever. */
function headOf(path: string, yaml: string): Fields {
  try {
    const head: unknown = parse(yaml, { maxAliasCount: 0, schema: "core", logLevel: "error" });
    return isFields(head) ? head : {};
  } catch (error) {
    throw new Refusal(
      "invalid_input",
      `The front matter of ${path} is not valid YAML: ${error instanceof Error ? error.message.split("\n")[0] : "it cannot be read"}. Nothing was imported; mend it, or take the note out.`,
      { fields: [{ path, message: "has front matter that is not valid YAML" }] },
    );
  }
}

function noteOf(path: string, text: string): Note {
  const found = FRONT_MATTER.exec(text);
  const body = found === null ? text : text.slice(found[0].length);
  return { path, head: found === null ? {} : headOf(path, found[1] ?? ""), body: body.trim() };
}

const titleOf = ({ head, path }: Note): string =>
  textAt(head["title"]) ?? (path.split("/").at(-1) ?? path).replace(/\.md$/iu, "");

function tagsOf(value: unknown): readonly string[] {
  return textsAt(value)
    .map((tag) => tag.replace(/^#/u, ""))
    .filter((tag) => tag !== "");
}

/** What every memory of a note has from it. */
function common(note: Note): Omit<ImportedMemory, "content"> {
  const { head, path } = note;
  const type = textAt(head["type"]);
  return {
    kind: KINDS.find((kind) => kind === head["kind"]),
    tags: [...tagsOf(head["tags"]), ...(type === undefined || type === "note" ? [] : [type])],
    metadata: {
      title: titleOf(note),
      path,
      ...(textAt(head["permalink"]) === undefined ? {} : { permalink: head["permalink"] }),
    },
    userId: idAt(head["user"]),
    agentId: idAt(head["agent"]),
    runId: idAt(head["run"]),
    sessionId: idAt(head["session"]),
    speaker: textAt(head["speaker"]),
    ref: textAt(head["permalink"]) ?? path,
    validAt: timeAt(head["valid_at"]) ?? timeAt(head["created"]) ?? timeAt(head["date"]),
    invalidAt: timeAt(head["invalid_at"]),
    rest: restOf(head, HEAD_READ),
  };
}

const OBSERVATION = /^[-*]\s+\[([^[\]()]+)\]\s+(.+)$/u;
/** Boxes of task lists and the timecodes of transcripts look like a category and are none. */
const NO_CATEGORY = /^(?:|[xX]|[^\p{L}\p{N}]|\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?:\s+-\s+.*)?)$/u;
const RELATION = /^[-*]\s+(?:"([^"]+)"|'([^']+)'|(\S+))\s+\[\[([^\]]+)\]\](?:\s+\(([^)]*)\))?$/u;
const HEADING = /^#{1,6}\s/u;

interface Parts {
  readonly observations: readonly {
    readonly category: string;
    readonly content: string;
    readonly tags: readonly string[];
    readonly context: string | undefined;
  }[];
  readonly relations: readonly string[];
  readonly prose: string;
}

function partsOf(body: string): Parts {
  const observations: Parts["observations"][number][] = [];
  const relations: string[] = [];
  const prose: string[] = [];
  for (const line of body.split(/\r?\n/u)) {
    const [observed, related] = [OBSERVATION.exec(line.trim()), RELATION.exec(line.trim())];
    if (observed !== null && !NO_CATEGORY.test((observed[1] ?? "").trim()))
      observations.push(observationOf(observed[1] ?? "", observed[2] ?? ""));
    else if (related !== null)
      relations.push(
        `${related[1] ?? related[2] ?? related[3] ?? ""} [[${related[4] ?? ""}]]${related[5] ? ` (${related[5]})` : ""}`,
      );
    else prose.push(line);
  }
  return { observations, relations, prose: withoutBareHeadings(prose) };
}

function observationOf(category: string, text: string): Parts["observations"][number] {
  const context = /\(([^()]*)\)$/u.exec(text)?.[1];
  const content = context === undefined ? text : text.slice(0, text.lastIndexOf("(")).trim();
  return {
    category: category.trim(),
    content,
    tags: [...content.matchAll(/(?:^|\s)#([\p{L}\p{N}_/-]+)/gu)].map((found) => found[1] ?? ""),
    context,
  };
}

/** A heading under which nothing is left says nothing. */
function withoutBareHeadings(lines: readonly string[]): string {
  const text = lines.filter((line) => line.trim() !== "");
  return lines
    .filter((line) => !HEADING.test(line) || saysSomething(text, line))
    .join("\n")
    .replaceAll(/\n{3,}/gu, "\n\n")
    .trim();
}

function saysSomething(text: readonly string[], heading: string): boolean {
  const next = text[text.indexOf(heading) + 1];
  return next !== undefined && !HEADING.test(next);
}

/** One that we exported: its body is the memory, word for word, and its properties are what we know of it. */
function ownNote(
  line: number,
  { head, body }: Note,
  base: Omit<ImportedMemory, "content">,
): ImportedRecord[] {
  return recordsOf(line, {
    ...base,
    content: body,
    tags: tagsOf(head["tags"]),
    metadata: isFields(head["metadata"]) ? head["metadata"] : {},
    ref: textAt(head["palimpsest"]),
    past:
      head["lifecycle"] === "archived"
        ? [{ to: "archived", note: "it was archived where it was exported" }]
        : [],
    rest: {},
  });
}

/** Each observation is a memory, with the note's title in front; what else the note says is one more. */
function noteRecords(line: number, note: Note): ImportedRecord[] {
  const base = common(note);
  if (textAt(note.head["palimpsest_session"]) !== undefined) return [{ line, skip: true }];
  if (textAt(note.head["palimpsest"]) !== undefined) return ownNote(line, note, base);
  const { observations, relations, prose } = partsOf(note.body);
  const metadata = { ...base.metadata, ...(relations.length === 0 ? {} : { relations }) };
  const each = observations.flatMap(({ category, content, tags, context }, i) =>
    recordsOf(line, {
      ...base,
      content: `${titleOf(note)}: ${content}`,
      tags: [...(base.tags ?? []), ...tags],
      metadata: { ...metadata, category, ...(context === undefined ? {} : { context }) },
      ref: `${base.ref ?? note.path}#${i + 1}`,
    }),
  );
  const isOnlyTitle = prose.replace(/^#\s+/u, "") === titleOf(note);
  if (prose === "" || isOnlyTitle) return each.length > 0 ? each : [{ line, skip: true }];
  return [...recordsOf(line, { ...base, content: prose, metadata }), ...each];
}

function* vaultRecords(files: ArchiveFiles): Generator<ImportedRecord> {
  const paths = [...files.keys()].sort();
  const notes = paths.filter((path) => /\.md$/iu.test(path));
  for (const [i, path] of notes.entries())
    yield* noteRecords(i + 1, noteOf(path, textOfFile(path, files.get(path) ?? new Uint8Array())));
  const others = paths.length - notes.length;
  if (others > 0) yield { line: notes.length, note: `${others} files that are no Markdown were left out` };
}

async function* singleNote(bytes: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<ImportedRecord> {
  yield* noteRecords(1, noteOf(name, await textOf(bytes)));
}

/** Markdown notes: basic-memory's observations and relations, any Obsidian vault, and our own notes. */
export const markdown: Forms = {
  archive: { recognises: (paths) => paths.some((path) => /\.md$/iu.test(path)), read: vaultRecords },
  text: { recognises: (head) => FRONT_MATTER.test(head) || HEADING.test(head), read: singleNote },
};
