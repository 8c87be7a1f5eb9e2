import { Zip, ZipDeflate } from "fflate";
import { stringify } from "yaml";
import { countExported, memoryPages } from "./memory-pages";
import { inWorkspace } from "@/lib/store/prisma";
import { labelOf } from "../memory-out";
import { labelsOf } from "../labels";
import { Refusal } from "@/lib/domain/errors";
import type { Asker } from "../asker";
import type { MemoryOut } from "@/lib/contracts/memory";

/** A plain zip counts its files in sixteen bits; some are left for the notes of sessions. */
const MOST_NOTES = 60_000;

/** The note of a session: its name, and the names of the notes in it. */
interface SessionNote {
  readonly name: string;
  readonly notes: string[];
}
type Sessions = Map<string, SessionNote>;

/**
 * A zip that opens as an Obsidian vault: one note per memory, its text as the body, everything else as properties, with
 * links to what it was merged into or made from, to what superseded it, and to its session, which has a note of its own.
 */
export async function* exportNotes(ctx: Asker): AsyncGenerator<Uint8Array> {
  const count = await countExported(ctx);
  if (count > MOST_NOTES)
    throw new Refusal(
      "too_large",
      `There are ${count} memories, and a vault takes ${MOST_NOTES} notes. Export as ndjson, csv or cogx, which have no limit.`,
    );
  const zip = openZip();
  const sessions: Sessions = new Map();
  for await (const memories of memoryPages(ctx)) {
    const names = await namesFor(ctx, memories);
    for (const memory of memories) {
      const name = names(memory.id);
      zip.add(
        `memories/${name}.md`,
        noteOf(memory, { names, session: enterSession(sessions, memory, name) }),
      );
    }
    yield* zip.taken();
  }
  for (const [session, note] of sessions) zip.add(`sessions/${note.name}.md`, sessionNoteOf(session, note));
  zip.end();
  yield* zip.taken();
}

function openZip() {
  const parts: Uint8Array[] = [];
  const zip = new Zip((error, part) => {
    if (error) throw error;
    parts.push(part);
  });
  return {
    add: (path: string, text: string) => {
      const file = new ZipDeflate(path);
      zip.add(file);
      file.push(new TextEncoder().encode(text), true);
    },
    end: () => zip.end(),
    taken: () => parts.splice(0),
  };
}

const LONGEST_SLUG = 60;
const ID_CHARACTERS = 12;

/** What Obsidian and file systems do not take in a name is left out; the end of the id makes it the only one. */
function nameOf(id: string, label: string): string {
  const slug = slugOf(label);
  return `${slug === "" ? "memory" : slug} ${id.slice(-ID_CHARACTERS)}`;
}

const slugOf = (text: string): string =>
  text
    .normalize("NFC")
    .replaceAll(/[^\p{L}\p{N} _-]/gu, " ")
    .replaceAll(/\s+/gu, " ")
    .trim()
    .slice(0, LONGEST_SLUG)
    .trim();

type Names = (id: string) => string;

/** Names of the memories of a page and of those they point to, which may stand on another. */
async function namesFor(ctx: Asker, memories: readonly MemoryOut[]): Promise<Names> {
  const others = memories.flatMap((m) =>
    [m.mergedInto ?? [], m.mergedFrom, m.supersededBy ?? [], m.contestedWith].flat(),
  );
  const labels = await inWorkspace(ctx.workspaceId, (tx) => labelsOf(tx, others));
  for (const { id, content } of memories) labels.set(id, labelOf(content.slice(0, LABELLED_CHARACTERS)));
  return (id) => nameOf(id, labels.get(id) ?? "");
}

/** As many as `labelsOf` reads, so that a name is the same from both sides. */
const LABELLED_CHARACTERS = 400;

/** Enters a memory's note in its session and returns the name of the session's own note. */
function enterSession(sessions: Sessions, { scope }: MemoryOut, name: string): string | null {
  const { sessionId } = scope;
  if (sessionId === undefined) return null;
  // Numbered, because two sessions may differ in nothing but what a file name cannot hold.
  const note = sessions.get(sessionId) ?? {
    name: `session ${sessions.size + 1} ${slugOf(sessionId)}`.trim(),
    notes: [],
  };
  note.notes.push(name);
  sessions.set(sessionId, note);
  return note.name;
}

const link = (name: string): string => `[[${name}]]`;

function noteOf(
  memory: MemoryOut,
  { names, session }: { readonly names: Names; readonly session: string | null },
): string {
  const { scope, source } = memory;
  const links = (ids: readonly string[]) => (ids.length === 0 ? undefined : ids.map((id) => link(names(id))));
  return withHead(
    {
      palimpsest: memory.id,
      kind: memory.kind,
      tags: memory.tags.length === 0 ? undefined : memory.tags,
      lifecycle: memory.lifecycle,
      confidence: Math.round(memory.confidence * 1000) / 1000,
      created: memory.createdAt,
      modified: memory.updatedAt,
      valid_at: memory.validAt,
      invalid_at: memory.invalidAt ?? undefined,
      user: scope.userId,
      agent: scope.agentId,
      run: scope.runId,
      session: scope.sessionId,
      speaker: source.speaker,
      ref: source.ref,
      in_session: session === null ? undefined : link(session),
      merged_into: links(memory.mergedInto === null ? [] : [memory.mergedInto]),
      merged_from: links(memory.mergedFrom),
      superseded_by: links(memory.supersededBy === null ? [] : [memory.supersededBy]),
      contested_with: links(memory.contestedWith),
      metadata: Object.keys(memory.metadata).length === 0 ? undefined : memory.metadata,
    },
    memory.content,
  );
}

const sessionNoteOf = (session: string, { notes }: SessionNote): string =>
  withHead(
    { palimpsest_session: session, memories: notes.length },
    notes.map((name) => `- ${link(name)}`).join("\n"),
  );

/** Every text is quoted, so that no YAML reader takes one for a date, a number or a link of its own. */
function withHead(head: Readonly<Record<string, unknown>>, body: string): string {
  const given = Object.fromEntries(Object.entries(head).filter(([, value]) => value !== undefined));
  return `---\n${stringify(given, { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN", lineWidth: 0 })}---\n${body}\n`;
}
