import { idAt, isFields, jsonOrNull, objectsIn, restOf, textAt, timeAt, type Fields } from "../fields";
import { recordsOf, type ImportedRecord } from "../imported";
import { isPassageList, passageRecords } from "./letta-passages";
import { Refusal } from "@/lib/domain/errors";
import type { Forms } from "../reader";

/** Machinery of an agent, which remembers nothing by itself. */
const NO_MEMORIES = ["tools", "sources", "mcp_servers", "groups", "skills"] as const;
const BLOCK_READ = [
  "id",
  "value",
  "label",
  "description",
  "metadata",
  "metadata_",
  "limit",
  "created_at",
  "updated_at",
  "is_template",
  "preserve_on_migration",
  "hidden",
];

/** Some published files are the document as a JSON text inside JSON. */
const documentOf = (value: unknown): unknown => (typeof value === "string" ? jsonOrNull(value) : value);

function agentsOf(document: Fields): readonly Fields[] {
  // The first version of the format is one agent and nothing around it.
  return Array.isArray(document["agents"]) ? objectsIn(document["agents"]) : [document];
}

function blockRecords(line: number, block: Fields, agent: string | undefined): ImportedRecord[] {
  const [label, content] = [textAt(block["label"]), textAt(block["value"])];
  if (content === undefined) return [{ line, skip: true }];
  const description = textAt(block["description"]);
  return recordsOf(line, {
    content,
    tags: ["block", ...(label === undefined ? [] : [label])],
    metadata: {
      ...(isFields(block["metadata"]) ? block["metadata"] : {}),
      ...(description === undefined ? {} : { description }),
    },
    agentId: agent,
    ref: idAt(block["id"]) ?? label,
    validAt: timeAt(block["created_at"]),
    rest: restOf(block, BLOCK_READ),
  });
}

/** The text parts of a message; calls of tools and thoughts are none. */
function messageText(content: unknown): string {
  if (typeof content === "string") return content;
  return objectsIn(content)
    .flatMap((part) => (part["type"] === "text" ? (textAt(part["text"]) ?? []) : []))
    .join("\n");
}

function messageRecords(line: number, message: Fields, agent: string): ImportedRecord[] {
  const role = textAt(message["role"]);
  const content = messageText(message["content"] ?? message["text"]);
  if ((role !== "user" && role !== "assistant") || content.trim() === "") return [{ line, skip: true }];
  return recordsOf(line, {
    content,
    kind: "episode",
    agentId: agent,
    sessionId: agent,
    speaker: textAt(message["name"]) ?? role,
    ref: idAt(message["id"]),
    validAt: timeAt(message["created_at"]),
  });
}

/** An agent file never holds the archive; whoever wrote the two into one file kept the passages in the form that the API answers. */
const PASSAGES = ["archival_memory", "archival_passages", "passages"] as const;

function* lettaRecords(value: unknown): Generator<ImportedRecord> {
  const document = documentOf(value);
  if (isPassageList(document))
    for (const [i, passage] of objectsIn(document).entries()) yield* passageRecords(i + 1, passage);
  else yield* agentFileRecords(document);
}

function* agentFileRecords(document: unknown): Generator<ImportedRecord> {
  if (!isFields(document))
    throw new Refusal(
      "invalid_input",
      "A Letta agent file is a JSON object with `agents` and `blocks`, and an export of its archive a list of passages. Nothing was imported.",
      { fields: [{ path: "agents", message: "is missing" }] },
    );
  const agents = agentsOf(document);
  let line = 0;
  for (const block of objectsIn(document["blocks"])) {
    const holders = agents.filter(
      (agent) => Array.isArray(agent["block_ids"]) && agent["block_ids"].includes(block["id"]),
    );
    // A block that several agents share belongs to none of them alone.
    yield* blockRecords((line += 1), block, holders.length === 1 ? textAt(holders[0]?.["name"]) : undefined);
  }
  for (const agent of agents) {
    const name = textAt(agent["name"]) ?? "agent";
    for (const block of [...objectsIn(agent["core_memory"]), ...objectsIn(agent["memory_blocks"])])
      yield* blockRecords((line += 1), block, name);
    for (const message of objectsIn(agent["messages"])) yield* messageRecords((line += 1), message, name);
  }
  for (const file of objectsIn(document["files"])) {
    const content = textAt(file["content"]);
    yield* content === undefined
      ? [{ line: (line += 1), skip: true } as const]
      : recordsOf((line += 1), {
          content,
          tags: ["file"],
          metadata: { file: textAt(file["file_name"]) ?? "file" },
          ref: idAt(file["id"]),
        });
  }
  // Of the first version the document is the agent itself.
  for (const passage of [...new Set([document, ...agents])].flatMap((holder) =>
    PASSAGES.flatMap((name) => objectsIn(holder[name])),
  ))
    yield* passageRecords(
      (line += 1),
      passage,
      agents.length === 1 ? textAt(agents[0]?.["name"]) : undefined,
    );
  yield* leftOut(document, line);
}

function* leftOut(document: Fields, line: number): Generator<ImportedRecord> {
  for (const name of NO_MEMORIES) {
    const count = objectsIn(document[name]).length;
    if (count > 0)
      yield {
        line,
        note: `${count} of \`${name}\` were left out: they are an agent's machinery and no memories`,
      };
  }
}

const isAgentFile = (value: unknown): boolean => {
  const document = documentOf(value);
  if (!isFields(document)) return false;
  if (Array.isArray(document["agents"]) && Array.isArray(document["blocks"])) return true;
  return Array.isArray(document["core_memory"]) && "agent_type" in document;
};

/** Letta's agent file (`.af`): core-memory blocks, the messages that are kept, and attached files; and the list of its archive's passages. */
export const letta: Forms = {
  json: {
    recognises: (value) => isAgentFile(value) || isPassageList(documentOf(value)),
    read: lettaRecords,
  },
};
