import {
  firstText,
  idAt,
  isFields,
  objectsIn,
  restOf,
  textAt,
  textsAt,
  timeAt,
  type Fields,
} from "../fields";
import { recordsOf, type ImportedRecord } from "../imported";
import { Refusal } from "@/lib/domain/errors";
import type { Forms } from "../reader";

const TEXTS = ["memory", "text", "data", "content"] as const;
const READ = [
  ...TEXTS,
  "id",
  "hash",
  "score",
  "metadata",
  "user_id",
  "agent_id",
  "run_id",
  "session_id",
  "actor_id",
  "role",
  "categories",
  "created_at",
  "updated_at",
  "expiration_date",
];
const LISTS = ["results", "memories", "items"] as const;

/** `hash` and `score` are worked out anew by whoever has the text; everything else of an answer of mem0 is kept. */
function mem0Record(line: number, item: Fields): ImportedRecord[] {
  const content = firstText(item, TEXTS);
  if (content === undefined)
    return [
      {
        line,
        problem:
          "has no text under `memory`, `text`, `data` or `content`; give the list that get_all() answers",
      },
    ];
  const at = timeAt(item["created_at"]);
  return recordsOf(line, {
    content,
    tags: textsAt(item["categories"]),
    metadata: {
      ...(isFields(item["metadata"]) ? item["metadata"] : {}),
      ...(textAt(item["updated_at"]) === undefined
        ? {}
        : { updatedAt: timeAt(item["updated_at"]) ?? item["updated_at"] }),
    },
    userId: idAt(item["user_id"]),
    agentId: idAt(item["agent_id"]),
    runId: idAt(item["run_id"]),
    sessionId: idAt(item["session_id"]),
    ref: idAt(item["id"]),
    speaker: textAt(item["actor_id"]) ?? textAt(item["role"]),
    validAt: at,
    invalidAt: timeAt(item["expiration_date"]),
    rest: restOf(item, READ),
  });
}

function itemsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const lists = isFields(value) ? LISTS.map((name) => value[name]).filter(Array.isArray) : [];
  if (lists.length === 0)
    throw new Refusal(
      "invalid_input",
      "A mem0 export is a list of memories, or an object with `results` or `memories`. Nothing was imported; give the answer of get_all() as it is.",
      { fields: [{ path: "results", message: "is missing" }] },
    );
  return lists.find((list) => list.length > 0) ?? [];
}

/** mem0: the answer of `get_all()` or of its REST calls, as a list or under `results` or `memories`. */
export const mem0: Forms = {
  json: {
    recognises: (value) => {
      if (Array.isArray(value))
        return value.length > 0 && value.every((one) => isFields(one) && typeof one["memory"] === "string");
      return (
        isFields(value) &&
        LISTS.some(
          (name) =>
            objectsIn(value[name]).some((one) => firstText(one, TEXTS) !== undefined) &&
            !("export_metadata" in value),
        )
      );
    },
    read: (value) =>
      itemsOf(value).flatMap((item, i) =>
        isFields(item) ? mem0Record(i + 1, item) : [{ line: i + 1, problem: "is not an object" }],
      ),
  },
};
