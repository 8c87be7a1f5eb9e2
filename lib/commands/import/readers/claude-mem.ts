import { idAt, isFields, objectsIn, restOf, textAt, textsAt, timeAt, type Fields } from "../fields";
import { recordsOf, type ImportedRecord } from "../imported";
import type { Forms } from "../reader";

const OBSERVATION_READ = [
  "id",
  "memory_session_id",
  "sdk_session_id",
  "project",
  "text",
  "type",
  "title",
  "subtitle",
  "facts",
  "narrative",
  "concepts",
  "prompt_number",
  "discovery_tokens",
  "created_at",
  "created_at_epoch",
];
const SUMMARY_PARTS = [
  ["request", "Asked"],
  ["investigated", "Looked at"],
  ["learned", "Learned"],
  ["completed", "Done"],
  ["next_steps", "Next"],
] as const;
const SUMMARY_READ = [
  ...SUMMARY_PARTS.map(([name]) => name),
  "id",
  "memory_session_id",
  "sdk_session_id",
  "project",
  "prompt_number",
  "discovery_tokens",
  "created_at",
  "created_at_epoch",
];
const PROMPT_READ = [
  "id",
  "session_db_id",
  "content_session_id",
  "claude_session_id",
  "memory_session_id",
  "prompt_number",
  "prompt_text",
  "project",
  "created_at",
  "created_at_epoch",
];

/** Ids of rows are numbers that begin anew in every database, so a reference names the table and the session, too. */
const common = (row: Fields, table: string) => {
  const session =
    textAt(row["memory_session_id"]) ??
    textAt(row["sdk_session_id"]) ??
    textAt(row["content_session_id"]) ??
    textAt(row["claude_session_id"]);
  const project = textAt(row["project"]);
  return {
    sessionId: session,
    ref: [table, session, idAt(row["id"])].filter((part) => part !== undefined).join(":"),
    metadata: project === undefined ? {} : { project },
    validAt: timeAt(row["created_at_epoch"]) ?? timeAt(row["created_at"]),
  };
};

function observationRecords(line: number, row: Fields): ImportedRecord[] {
  const told = textAt(row["narrative"]) ?? textAt(row["text"]);
  const facts = textsOfJson(row["facts"]).filter((fact) => told === undefined || !told.includes(fact));
  const content = [
    textAt(row["title"]),
    textAt(row["subtitle"]),
    told,
    facts.map((fact) => `- ${fact}`).join("\n"),
  ]
    .filter((part) => part !== undefined && part !== "")
    .join("\n");
  if (content === "")
    return [{ line, problem: "is an observation without `title`, `narrative`, `text` or `facts`" }];
  const type = textAt(row["type"]);
  return recordsOf(line, {
    ...common(row, "observation"),
    content,
    kind: "insight",
    tags: [...(type === undefined ? [] : [type]), ...textsAt(row["concepts"])],
    rest: restOf(row, OBSERVATION_READ),
  });
}

/** A list as its database keeps it: JSON in a text. A sentence with commas is one fact, not several. */
const textsOfJson = (value: unknown): readonly string[] =>
  typeof value === "string" && !value.trim().startsWith("[") ? [value] : textsAt(value);

function summaryRecords(line: number, row: Fields): ImportedRecord[] {
  const content = SUMMARY_PARTS.flatMap(([name, word]) =>
    textAt(row[name]) === undefined ? [] : [`${word}: ${textAt(row[name]) ?? ""}`],
  ).join("\n");
  if (content === "") return [{ line, skip: true }];
  return recordsOf(line, {
    ...common(row, "summary"),
    content,
    kind: "episode",
    tags: ["summary"],
    rest: restOf(row, SUMMARY_READ),
  });
}

function promptRecords(line: number, row: Fields): ImportedRecord[] {
  const content = textAt(row["prompt_text"]);
  if (content === undefined) return [{ line, skip: true }];
  return recordsOf(line, {
    ...common(row, "prompt"),
    content,
    kind: "episode",
    tags: ["prompt"],
    speaker: "user",
    rest: restOf(row, PROMPT_READ),
  });
}

function* exportRecords(value: unknown): Generator<ImportedRecord> {
  const file = isFields(value) ? value : {};
  let line = 0;
  for (const row of objectsIn(file["observations"])) yield* observationRecords((line += 1), row);
  for (const row of objectsIn(file["summaries"])) yield* summaryRecords((line += 1), row);
  for (const row of objectsIn(file["prompts"])) yield* promptRecords((line += 1), row);
  const sessions = objectsIn(file["sessions"]).length;
  if (sessions > 0)
    yield {
      line,
      note: `${sessions} of \`sessions\` were left out: they only number what the other records hold`,
    };
}

/** claude-mem: what its export script writes. */
export const claudeMem: Forms = {
  json: {
    recognises: (value) =>
      isFields(value) &&
      Array.isArray(value["observations"]) &&
      (Array.isArray(value["summaries"]) || Array.isArray(value["prompts"])) &&
      ("exportedAt" in value || "totalObservations" in value),
    read: exportRecords,
  },
};
