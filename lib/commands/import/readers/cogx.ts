import { textOfFile } from "../archive";
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
import { recordsOf, type ImportedMemory, type ImportedRecord } from "../imported";
import { recordsOfLines, type ArchiveFiles, type Forms } from "../reader";
import { Refusal } from "@/lib/domain/errors";

/** One file per kind of record, in the order in which they are read; entities first, because facts name them by id. */
const RECORD_FILES = [
  "entities.jsonl",
  "documents.jsonl",
  "episodes.jsonl",
  "facts.jsonl",
  "memories.jsonl",
  "memory_blocks.jsonl",
] as const;
const BASE_READ = ["kind", "external_system", "external_id", "scope", "created_at", "updated_at", "metadata"];
/** We read 0.x; the format's own readers refuse a larger first number, too. */
const NEWEST_MAJOR = 0;

type Names = ReadonlyMap<string, string>;
type Common = Omit<ImportedMemory, "content">;

/** What every record of the format has. */
function commonOf(record: Fields, read: readonly string[]): Common {
  const scope = isFields(record["scope"]) ? record["scope"] : {};
  const system = textAt(record["external_system"]);
  return {
    metadata: {
      ...(isFields(record["metadata"]) ? record["metadata"] : {}),
      ...(system === undefined || system === "unknown" ? {} : { externalSystem: system }),
    },
    userId: idAt(scope["user_id"]),
    agentId: idAt(scope["agent_id"]),
    runId: idAt(scope["run_id"]),
    sessionId: idAt(scope["session_id"]),
    ref: idAt(record["external_id"]),
    validAt: timeAt(record["created_at"]),
    rest: restOf(record, [...BASE_READ, ...read]),
  };
}

function factText(record: Fields, names: Names): string | undefined {
  const name = (field: string) => names.get(idAt(record[field]) ?? "") ?? textAt(record[field]);
  const [subject, predicate, object] = [name("subject_ref"), textAt(record["predicate"]), name("object_ref")];
  return (
    textAt(record["fact_text"]) ??
    (subject === undefined || predicate === undefined || object === undefined
      ? undefined
      : `${subject} ${predicate.replaceAll("_", " ")} ${object}`)
  );
}

const missing = (line: number, kind: string, field: string): ImportedRecord[] => [
  { line, problem: `is a ${kind} without \`${field}\`` },
];

function episodeRecords(line: number, record: Fields): ImportedRecord[] {
  const common = commonOf(record, ["turns", "title"]);
  const title = textAt(record["title"]);
  const turns = objectsIn(record["turns"]);
  if (turns.length === 0) return [{ line, skip: true }];
  return turns.flatMap((turn, i) =>
    recordsOf(line, {
      ...common,
      content: textAt(turn["content"]) ?? "",
      kind: "episode",
      metadata: { ...common.metadata, ...(title === undefined ? {} : { title }) },
      sessionId: common.sessionId ?? common.ref,
      speaker: textAt(turn["role"]),
      ref: `${common.ref ?? line}#${i + 1}`,
      validAt: timeAt(turn["occurred_at"]) ?? common.validAt,
    }),
  );
}

function blockRecords(line: number, record: Fields): ImportedRecord[] {
  const [value, label] = [textAt(record["value"]), textAt(record["label"])];
  if (value === undefined) return [{ line, skip: true }];
  return recordsOf(line, {
    ...commonOf(record, ["label", "value", "limit"]),
    content: value,
    tags: ["block", ...(label === undefined ? [] : [label])],
  });
}

function entityRecords(line: number, record: Fields): ImportedRecord[] {
  const [name, description, type] = [
    textAt(record["name"]),
    textAt(record["description"]),
    textAt(record["entity_type"]),
  ];
  if (name === undefined) return missing(line, "entity", "name");
  // An entity that nothing is told of lives on in the facts that name it.
  if (description === undefined) return [{ line, skip: true }];
  const common = commonOf(record, ["name", "entity_type", "description", "attributes"]);
  const attributes = isFields(record["attributes"]) ? record["attributes"] : {};
  return recordsOf(line, {
    ...common,
    content: `${name}: ${description}`,
    tags: type === undefined ? [] : [type],
    metadata: { ...common.metadata, entity: name, ...attributes },
  });
}

function factRecords(line: number, record: Fields, names: Names): ImportedRecord[] {
  const content = factText(record, names);
  if (content === undefined) return missing(line, "fact", "fact_text");
  const common = commonOf(record, [
    "subject_ref",
    "predicate",
    "object_ref",
    "fact_text",
    "valid_at",
    "invalid_at",
  ]);
  return recordsOf(line, {
    ...common,
    content,
    kind: "fact",
    metadata: { ...common.metadata, relation: textAt(record["predicate"]) ?? "" },
    validAt: timeAt(record["valid_at"]) ?? common.validAt,
    invalidAt: timeAt(record["invalid_at"]),
  });
}

function memoryRecords(line: number, record: Fields): ImportedRecord[] {
  const content = textAt(record["content"]);
  if (content === undefined) return missing(line, String(record["kind"]), "content");
  const title = textAt(record["title"]);
  const common = commonOf(record, ["content", "categories", "title"]);
  return recordsOf(line, {
    ...common,
    content,
    tags: textsAt(record["categories"]),
    metadata: { ...common.metadata, ...(title === undefined ? {} : { title }) },
  });
}

function cogxRecord(line: number, record: Fields, names: Names): ImportedRecord[] {
  switch (record["kind"]) {
    case "memory":
    case "document":
      return memoryRecords(line, record);
    case "episode":
      return episodeRecords(line, record);
    case "fact":
      return factRecords(line, record, names);
    case "entity":
      return entityRecords(line, record);
    case "memory_block":
      return blockRecords(line, record);
    default:
      return [
        { line, problem: `has the kind ${JSON.stringify(record["kind"])}, which COGX 0.1 does not know` },
      ];
  }
}

/** The files of the archive by their own names; it may have a folder around them. */
function byName(files: ArchiveFiles): ReadonlyMap<string, Uint8Array> {
  const manifest = [...files.keys()]
    .filter((path) => path.split("/").at(-1) === "manifest.json")
    .sort((a, b) => a.length - b.length)[0];
  const folder = manifest === undefined ? "" : manifest.slice(0, -"manifest.json".length);
  return new Map(
    [...files].flatMap(([path, bytes]) =>
      path.startsWith(folder) ? [[path.slice(folder.length), bytes] as const] : [],
    ),
  );
}

function requireVersion(manifest: unknown): void {
  const version = isFields(manifest) ? textAt(manifest["cogx_version"]) : undefined;
  const major = Number(version?.split(".")[0]);
  if (version === undefined || Number.isNaN(major))
    throw new Refusal(
      "invalid_input",
      "The archive's manifest.json has no `cogx_version`. Nothing was imported; give a COGX archive as it was exported.",
      { fields: [{ path: "cogx_version", message: "is missing" }] },
    );
  if (major > NEWEST_MAJOR)
    throw new Refusal(
      "invalid_input",
      `The archive is COGX ${version}; this program reads 0.x. Nothing was imported.`,
      { fields: [{ path: "cogx_version", message: `is ${version}; export it as 0.1` }] },
    );
}

function namesIn(files: ReadonlyMap<string, Uint8Array>): Names {
  const rows = (name: string) =>
    textOfFile(name, files.get(name) ?? new Uint8Array())
      .split("\n")
      .map(jsonOrNull)
      .filter(isFields);
  const named = [
    ...rows("entities.jsonl").map((row) => [idAt(row["external_id"]), textAt(row["name"])]),
    ...rows("nodes.jsonl").map((row) => [idAt(row["id"]), textAt(row["name"])]),
  ];
  return new Map(
    named.flatMap(([id, name]) => (id === undefined || name === undefined ? [] : [[id, name] as const])),
  );
}

function* archiveRecords(archive: ArchiveFiles): Generator<ImportedRecord> {
  const files = byName(archive);
  requireVersion(jsonOrNull(textOfFile("manifest.json", files.get("manifest.json") ?? new Uint8Array())));
  const names = namesIn(files);
  let before = 0;
  for (const name of RECORD_FILES) {
    const bytes = files.get(name);
    if (bytes === undefined) continue;
    const text = textOfFile(name, bytes);
    const first = before;
    yield* recordsOfLines(text, (line, record) => cogxRecord(first + line, record, names));
    before += text.split("\n").length - 1;
  }
  yield* remarks(files, before);
}

function* remarks(files: ReadonlyMap<string, Uint8Array>, line: number): Generator<ImportedRecord> {
  if (files.has("nodes.jsonl"))
    yield {
      line,
      note: "nodes.jsonl was read for the names in it only: raw nodes have no text of their own",
    };
  if (files.has("permissions.json"))
    yield {
      line,
      note: "permissions.json was not read: it holds people and password hashes of the other system",
    };
  if (files.has("changes.jsonl"))
    yield {
      line,
      note: "changes.jsonl holds the whole ledger; to have that back, import it by itself with mode=restore into an empty workspace",
    };
}

/** COGX 0.1 of cognee, as `.cogx.tar.gz` or zipped: a manifest and one line file per kind of record. */
export const cogx: Forms = {
  archive: {
    recognises: (paths) =>
      paths.some((path) => path.split("/").at(-1) === "manifest.json") &&
      paths.some((path) => [...RECORD_FILES, "nodes.jsonl"].some((name) => path.split("/").at(-1) === name)),
    read: archiveRecords,
  },
};
