import { firstText, isFields, jsonOrNull, objectsIn, restOf, textAt, timeAt, type Fields } from "../fields";
import { recordsOf, type ImportedRecord } from "../imported";
import type { Forms } from "../reader";

const TEXTS = ["content", "text", "memory", "data"] as const;

/** A list in an item's JSON form, joined by dots in the rows of the store's table. */
function namespaceOf(item: Fields): string | undefined {
  if (Array.isArray(item["namespace"])) return item["namespace"].map(String).join("/");
  return textAt(item["prefix"])?.replaceAll(".", "/");
}

interface Said {
  readonly content: string;
  readonly rest: Fields;
}

/** A value is whatever the program put there: a text under a usual name, LangMem's `{kind, content}`, or plain fields. */
function textOf(value: Fields): Said | null {
  const direct = firstText(value, TEXTS);
  if (direct !== undefined) return { content: direct, rest: restOf(value, TEXTS) };
  const inner = value["content"];
  if (isFields(inner) && typeof value["kind"] === "string") {
    const said = textOf(inner);
    return said === null
      ? null
      : { content: said.content, rest: { ...restOf(value, ["content"]), ...said.rest } };
  }
  const plain = Object.entries(value).filter(([, field]) =>
    ["string", "number", "boolean"].includes(typeof field),
  );
  if (plain.length === 0) return null;
  return {
    content: plain.map(([name, field]) => `${name}: ${String(field)}`).join("\n"),
    rest: restOf(
      value,
      plain.map(([name]) => name),
    ),
  };
}

function itemRecords(line: number, item: Fields): ImportedRecord[] {
  const value = typeof item["value"] === "string" ? jsonOrNull(item["value"]) : item["value"];
  const namespace = namespaceOf(item);
  if (!isFields(value) || namespace === undefined)
    return [{ line, problem: "has no `value` object, or neither `namespace` nor `prefix`" }];
  const said = textOf(value);
  if (said === null)
    return [
      { line, problem: "has a `value` without any text; a memory needs one, under `content` for instance" },
    ];
  const updated = timeAt(item["updated_at"]);
  return recordsOf(line, {
    content: said.content,
    metadata: { namespace, ...(updated === undefined ? {} : { updatedAt: updated }) },
    // A namespace is what that store keeps apart by, whether it names a person, an agent or a thread.
    agentId: namespace,
    ref: textAt(item["key"]),
    validAt: timeAt(item["created_at"]),
    invalidAt: timeAt(item["expires_at"]),
    rest: {
      ...restOf(item, [
        "namespace",
        "prefix",
        "key",
        "value",
        "created_at",
        "updated_at",
        "expires_at",
        "score",
        "ttl_minutes",
      ]),
      ...said.rest,
    },
  });
}

const isItem = (value: unknown): boolean =>
  isFields(value) && "key" in value && "value" in value && ("namespace" in value || "prefix" in value);
const itemsOf = (value: unknown): readonly Fields[] => objectsIn(isFields(value) ? value["items"] : value);

/** LangGraph's store: items as `Item.dict()` writes them, what the platform's search answers, or rows of the table. */
export const langGraph: Forms = {
  lines: { recognises: isItem, read: itemRecords },
  json: {
    recognises: (value) => itemsOf(value).length > 0 && itemsOf(value).every(isItem),
    read: (value) => itemsOf(value).flatMap((item, i) => itemRecords(i + 1, item)),
  },
};
