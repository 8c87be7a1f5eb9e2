import { APP_KEY, endOfDay, isoOf } from "./filters";
import { Refusal } from "@/lib/domain/errors";
import { timeOf } from "@/lib/domain/time";
import type { Mem0Add, Mem0Message } from "@/lib/contracts/mem0";
import type { CreateMemoryIn, MemoryOut } from "@/lib/contracts/memory";
import type { Json } from "@/lib/domain/memory/memory";

export type JsonObject = Record<string, Json>;

/** Keys of our metadata that hold what mem0 has a field of its own for. */
const RESERVED: readonly string[] = [APP_KEY];

/** A memory in mem0's shape. Where its service names one thing differently from endpoint to endpoint, all names are there. */
export function toMem0({
  id,
  content,
  scope,
  metadata,
  tags,
  validAt,
  updatedAt,
  ...memory
}: MemoryOut): JsonObject {
  const run = scope.runId ?? null;
  return {
    id,
    memory: content,
    user_id: scope.userId ?? null,
    agent_id: scope.agentId ?? null,
    app_id: appOf(metadata),
    run_id: run,
    session_id: run,
    metadata: withoutReserved(metadata),
    categories: tags,
    created_at: validAt,
    updated_at: updatedAt,
    expiration_date: memory.invalidAt === null ? null : lastDayOf(memory.invalidAt),
    replaced_by: memory.supersededBy,
    lifecycle_state: memory.lifecycle,
    confidence: memory.confidence,
  };
}

const appOf = (metadata: MemoryOut["metadata"]): string | null => {
  const app = metadata[APP_KEY];
  return typeof app === "string" ? app : null;
};

const withoutReserved = (metadata: MemoryOut["metadata"]): JsonObject =>
  Object.fromEntries(Object.entries(metadata).filter(([key]) => !RESERVED.includes(key)));

/** A client replaces the metadata that it sees; what it does not see stays. */
export const replacingMetadata = (before: MemoryOut["metadata"], given: JsonObject): JsonObject => ({
  ...given,
  ...Object.fromEntries(Object.entries(before).filter(([key]) => RESERVED.includes(key))),
});

/** The moment before it stops being valid lies in the last day through which it was. */
const lastDayOf = (invalidAt: string): string =>
  new Date(timeOf(invalidAt) - 1).toISOString().slice(0, "2026-01-01".length);

/** Only the fields that were asked for. */
export const picked = (memory: JsonObject, fields: readonly string[] | null | undefined): JsonObject =>
  fields ? Object.fromEntries(Object.entries(memory).filter(([name]) => fields.includes(name))) : memory;

/** Each message as a memory of its own. System messages are instructions to a model and nothing to remember. */
export function toCreate(input: Mem0Add): CreateMemoryIn[] {
  const messages: Mem0Message[] =
    typeof input.messages === "string" ? [{ content: input.messages }] : [input.messages].flat();
  const { user_id, agent_id, app_id, run_id, metadata, timestamp, expiration_date } = input;
  const shared = {
    scope: {
      ...(user_id ? { userId: user_id } : {}),
      ...(agent_id ? { agentId: agent_id } : {}),
      ...(run_id ? { runId: run_id } : {}),
    },
    metadata: { ...metadata, ...(app_id ? { [APP_KEY]: app_id } : {}) },
    ...(timestamp ? { validAt: String(isoOf(timestamp, "timestamp")) } : {}),
    ...(expiration_date ? { invalidAt: String(endOfDay(expiration_date, "expiration_date")) } : {}),
  };
  return messages
    .filter(({ role }) => role !== "system")
    .map(({ content, name }, i) => ({
      content: textOf(content, i),
      source: { channel: "mem0", ...(name ? { speaker: name } : {}) },
      ...shared,
    }));
}

function textOf(content: Mem0Message["content"], i: number): string {
  if (typeof content === "string") return content;
  const text = [content]
    .flat()
    .flatMap((part) => (part.text === undefined ? [] : [part.text]))
    .join("\n");
  if (text !== "") return text;
  throw new Refusal(
    "invalid_input",
    "A message holds no text. Pictures and documents cannot be remembered here; send what they say.",
    {
      fields: [{ path: `messages.${i}.content`, message: "send text" }],
    },
  );
}
