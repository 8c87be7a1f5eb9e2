import { gunzipWithin, textOfFile } from "../archive";
import {
  idAt,
  isFields,
  jsonOrNull,
  objectsIn,
  restOf,
  textAt,
  textsAt,
  timeAt,
  type Fields,
} from "../fields";
import { recordsOf, type ImportedRecord, type PastMove } from "../imported";
import { recordsOfLines, type ArchiveFiles, type Forms } from "../reader";
import { Refusal } from "@/lib/domain/errors";
import type { Lifecycle } from "@/lib/domain/memory/memory";

/** A paused memory is not recalled there until it is resumed, which is what archiving does here. */
const LIFECYCLE_OF: ReadonlyMap<string, Lifecycle> = new Map([
  ["active", "active"],
  ["paused", "archived"],
  ["archived", "archived"],
  ["deleted", "deleted"],
]);
const READ = [
  "id",
  "user_id",
  "app_id",
  "content",
  "metadata",
  "state",
  "created_at",
  "updated_at",
  "archived_at",
  "deleted_at",
  "category_ids",
  "app",
  "categories",
];

/** What the tables beside the memories say about them. */
interface Tables {
  readonly userId: string | undefined;
  readonly apps: ReadonlyMap<string, string>;
  readonly categories: ReadonlyMap<string, string>;
  readonly history: ReadonlyMap<string, readonly Fields[]>;
}

const NO_TABLES: Tables = { userId: undefined, apps: new Map(), categories: new Map(), history: new Map() };

function tablesOf(document: Fields): Tables {
  const names = (list: unknown) =>
    new Map(
      objectsIn(list).flatMap((row) =>
        idAt(row["id"]) === undefined ? [] : [[idAt(row["id"]) ?? "", textAt(row["name"]) ?? ""] as const],
      ),
    );
  const history = new Map<string, Fields[]>();
  for (const row of objectsIn(document["status_history"])) {
    const id = idAt(row["memory_id"]) ?? "";
    history.set(id, [...(history.get(id) ?? []), row]);
  }
  const user = isFields(document["user"]) ? document["user"] : {};
  return {
    userId: idAt(user["user_id"]),
    apps: names(document["apps"]),
    categories: names(document["categories"]),
    history,
  };
}

/** The moves as they were made there, and, where the history does not lead to the state it has, a last one that does. */
function pastOf(memory: Fields, history: readonly Fields[]): PastMove[] {
  const at = (row: Fields) => timeAt(row["changed_at"]) ?? "";
  const past = [...history]
    .sort((a, b) => (at(a) < at(b) ? -1 : 1))
    .flatMap((row): PastMove[] => {
      const to = LIFECYCLE_OF.get(String(row["new_state"]));
      return to === undefined
        ? []
        : [
            {
              to,
              note: `OpenMemory: ${String(row["old_state"])} to ${String(row["new_state"])}${at(row) === "" ? "" : ` at ${at(row)}`}`,
            },
          ];
    });
  const state = textAt(memory["state"]) ?? "active";
  const to = LIFECYCLE_OF.get(state) ?? "active";
  if ((past.at(-1)?.to ?? "active") === to) return past;
  const when = timeAt(memory["deleted_at"]) ?? timeAt(memory["archived_at"]);
  return [...past, { to, note: `OpenMemory: ${state}${when === undefined ? "" : ` since ${when}`}` }];
}

function openMemoryRecord(line: number, memory: Fields, tables: Tables): ImportedRecord[] {
  const content = textAt(memory["content"]);
  const state = textAt(memory["state"]);
  if (content === undefined) return [{ line, problem: "has no `content`" }];
  if (state !== undefined && !LIFECYCLE_OF.has(state))
    return [
      {
        line,
        problem: `has the state ${JSON.stringify(state)}; known are active, paused, archived and deleted`,
      },
    ];
  const app = textAt(memory["app"]) ?? tables.apps.get(idAt(memory["app_id"]) ?? "");
  const categories = [
    ...textsAt(memory["categories"]),
    ...textsAt(memory["category_ids"]).flatMap((id) => tables.categories.get(id) ?? []),
  ];
  return recordsOf(line, {
    content,
    tags: categories,
    metadata: {
      ...(isFields(memory["metadata"]) ? memory["metadata"] : {}),
      ...(state === "paused" ? { openMemoryState: state } : {}),
    },
    userId: tables.userId,
    agentId: app === "" ? undefined : app,
    ref: idAt(memory["id"]),
    validAt: timeAt(memory["created_at"]),
    past: pastOf(memory, tables.history.get(idAt(memory["id"]) ?? "") ?? []),
    rest: restOf(memory, READ),
  });
}

function* documentRecords(document: unknown): Generator<ImportedRecord> {
  if (!isFields(document) || !Array.isArray(document["memories"]))
    throw new Refusal(
      "invalid_input",
      "`memories.json` of an OpenMemory export holds a list `memories`; this one does not. Nothing was imported; export it again.",
      { fields: [{ path: "memories", message: "is missing" }] },
    );
  const tables = tablesOf(document);
  for (const [i, memory] of document["memories"].entries())
    yield* isFields(memory)
      ? openMemoryRecord(i + 1, memory, tables)
      : [{ line: i + 1, problem: "is not an object" }];
  const granted = objectsIn(document["access_controls"]).length;
  if (granted > 0)
    yield { line: 0, note: `${granted} access rules of apps were left out: rights are given by keys here` };
}

function readArchive(files: ArchiveFiles): Iterable<ImportedRecord> {
  const find = (name: string) => [...files].find(([path]) => path.split("/").at(-1) === name)?.[1];
  const [document, lines] = [find("memories.json"), find("memories.jsonl.gz")];
  if (document !== undefined) return documentRecords(jsonOrNull(textOfFile("memories.json", document)));
  // The lines alone have no history, only the state that came of it.
  if (lines !== undefined)
    return recordsOfLines(textOfFile("memories.jsonl.gz", gunzipWithin(lines)), (line, value) =>
      openMemoryRecord(line, value, NO_TABLES),
    );
  throw new Refusal(
    "invalid_input",
    "An OpenMemory export is a zip with `memories.json`; this archive has none. Nothing was imported.",
    { fields: [{ path: "memories.json", message: "is missing" }] },
  );
}

const STATES = new Set(LIFECYCLE_OF.keys());

/** OpenMemory of mem0 (`POST /api/v1/backup/export`): a zip with the tables, a line file, or either by itself. */
export const openMemory: Forms = {
  archive: {
    recognises: (paths) =>
      paths.some((path) => ["memories.json", "memories.jsonl.gz"].includes(path.split("/").at(-1) ?? "")),
    read: readArchive,
  },
  json: {
    recognises: (value) =>
      isFields(value) &&
      Array.isArray(value["memories"]) &&
      ("status_history" in value || "export_meta" in value),
    read: documentRecords,
  },
  lines: {
    recognises: (first) => "content" in first && STATES.has(String(first["state"])) && "app" in first,
    read: (line, value) => openMemoryRecord(line, value, NO_TABLES),
  },
};
