import { idAt, isFields, objectsIn, restOf, textAt, textsAt, timeAt, type Fields } from "../fields";
import { recordsOf, type ImportedRecord } from "../imported";

/** Vectors are worked out anew; ids of other rows mean nothing here. */
const READ = [
  "id",
  "text",
  "tags",
  "metadata",
  "metadata_",
  "embedding",
  "embedding_config",
  "created_at",
  "updated_at",
  "created_by_id",
  "last_updated_by_id",
  "organization_id",
  "archive_id",
  "source_id",
  "file_id",
  "file_name",
  "is_deleted",
];

/** Archival memory: the passages that an agent kept for later, as Letta's API answers them and its export script writes them. */
export function passageRecords(
  line: number,
  passage: Fields,
  agent: string | undefined = undefined,
): ImportedRecord[] {
  const content = textAt(passage["text"]);
  if (content === undefined) return [{ line, problem: "is a passage without `text`" }];
  if (passage["is_deleted"] === true) return [{ line, skip: true }];
  const file = textAt(passage["file_name"]);
  return recordsOf(line, {
    content,
    tags: ["archival", ...textsAt(passage["tags"])],
    metadata: {
      ...(isFields(passage["metadata"]) ? passage["metadata"] : {}),
      ...(file === undefined ? {} : { file }),
    },
    agentId: agent,
    ref: idAt(passage["id"]),
    validAt: timeAt(passage["created_at"]),
    rest: restOf(passage, READ),
  });
}

const isPassage = (one: Fields): boolean =>
  typeof one["text"] === "string" &&
  ("archive_id" in one || (typeof one["id"] === "string" && one["id"].startsWith("passage-")));

/** A list of them and of nothing else. */
export function isPassageList(value: unknown): boolean {
  const passages = objectsIn(value);
  return (
    Array.isArray(value) && value.length > 0 && passages.length === value.length && passages.every(isPassage)
  );
}
