import { idAt, isFields, objectsIn, restOf, textAt, textsAt, timeAt, type Fields } from "../fields";
import { recordsOf, type ImportedRecord } from "../imported";
import { KINDS, type Kind } from "@/lib/domain/memory/memory";
import { Refusal } from "@/lib/domain/errors";
import type { Forms } from "../reader";

/** Its hash and vector are worked out anew from the text. */
const READ = [
  "content",
  "document",
  "id",
  "content_hash",
  "embedding",
  "tags",
  "memory_type",
  "metadata",
  "created_at",
  "updated_at",
];
const kindOf = (type: string | undefined): Kind | undefined => KINDS.find((kind) => kind === type);

function memoryRecords(line: number, memory: Fields): ImportedRecord[] {
  const content = textAt(memory["content"]) ?? textAt(memory["document"]);
  if (content === undefined) return [{ line, problem: "has no `content`" }];
  const metadata = isFields(memory["metadata"]) ? memory["metadata"] : {};
  // The older backup keeps tags, type and times inside the metadata.
  const type = textAt(memory["memory_type"]) ?? textAt(metadata["memory_type"]);
  const updated = timeAt(memory["updated_at"]);
  return recordsOf(line, {
    content,
    kind: kindOf(type),
    tags: [
      ...textsAt(memory["tags"] ?? metadata["tags"]),
      ...(type === undefined || kindOf(type) !== undefined ? [] : [type]),
    ],
    metadata: {
      ...restOf(metadata, ["tags", "memory_type"]),
      ...(updated === undefined ? {} : { updatedAt: updated }),
    },
    ref: idAt(memory["content_hash"]) ?? idAt(memory["id"]),
    validAt: timeAt(memory["created_at"] ?? metadata["created_at"]),
    rest: restOf(memory, READ),
  });
}

function* exportRecords(value: unknown): Generator<ImportedRecord> {
  if (!isFields(value) || !Array.isArray(value["memories"]))
    throw new Refusal(
      "invalid_input",
      "An export of mcp-memory-service holds `export_metadata` and a list `memories`. Nothing was imported.",
      { fields: [{ path: "memories", message: "is missing" }] },
    );
  for (const [i, memory] of value["memories"].entries())
    yield* isFields(memory) ? memoryRecords(i + 1, memory) : [{ line: i + 1, problem: "is not an object" }];
}

/** doobidoo's mcp-memory-service: its JSON export, and the backup of its older versions. */
export const doobidoo: Forms = {
  json: {
    recognises: (value) =>
      isFields(value) &&
      Array.isArray(value["memories"]) &&
      ("export_metadata" in value ||
        ("total_memories" in value &&
          objectsIn(value["memories"]).some((one) => "document" in one || "content_hash" in one))),
    read: exportRecords,
  },
};
