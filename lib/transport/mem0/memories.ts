import * as shapes from "@/lib/contracts/mem0";
import { endOfDay, filterFrom, isoOf } from "./filters";
import { filtersOf, isOldList } from "./narrowing";
import { memoryIdOf, ours, read, requireOwner, type Mem0Answer, type Mem0Call } from "./call";
import { parseCreateMemory } from "@/lib/contracts/parse";
import { replacingMetadata, toCreate, toMem0, type JsonObject } from "./memory";
import { Refusal } from "@/lib/domain/errors";
import type { MemoryOut } from "@/lib/contracts/memory";
import type { Mem0Update } from "@/lib/contracts/mem0";

/** Each message becomes a memory at once, in one group; with `infer` too, for no model here reads facts out of them. */
export async function add(call: Mem0Call): Promise<Mem0Answer> {
  const input = read(shapes.add, call.body);
  requireOwner([input.user_id, input.agent_id, input.app_id, input.run_id].some(Boolean));
  const items = toCreate(input);
  requireGoodItems(items);
  const { items: made, groupId } = await ours(call, "memories.createMany", { body: { items } });
  const results = made.flatMap(({ memory, duplicate }) =>
    memory
      ? [
          {
            id: memory.id,
            memory: memory.content,
            data: { memory: memory.content },
            event: duplicate ? "NOOP" : "ADD",
          },
        ]
      : [],
  );
  if (isOldList(call, input.output_format)) return { body: results };
  return {
    body: {
      message: "Memories stored as they are",
      status: "SUCCEEDED",
      event_id: groupId,
      group_id: groupId,
      results,
    },
  };
}

/** All of them or none: a client that gets one list of results could not tell which message was left out. */
function requireGoodItems(items: readonly unknown[]): void {
  if (items.length === 0)
    throw new Refusal("invalid_input", "messages: there is nothing to remember in them.", {
      fields: [{ path: "messages", message: "give at least one message that is no system message" }],
    });
  for (const [i, item] of items.entries()) {
    const parsed = parseCreateMemory(item);
    if (!parsed.ok)
      throw new Refusal("invalid_input", `messages.${i}: ${parsed.problem}`, {
        fields: parsed.fields.map((f) => ({ path: `messages.${i}.${f.path}`, message: f.message })),
      });
  }
}

export async function get(call: Mem0Call): Promise<Mem0Answer> {
  return { body: toMem0(await standing(call, memoryIdOf(call.params.id))) };
}

/** To a client of mem0 a deleted memory is gone. */
export async function standing(call: Mem0Call, id: string): Promise<MemoryOut> {
  const { memory } = await ours(call, "memories.get", { params: { id } });
  if (memory.lifecycle !== "deleted") return memory;
  throw new Refusal("not_found", `Memory ${id} was deleted. Revert its deletion to have it again.`);
}

export async function update(call: Mem0Call): Promise<Mem0Answer> {
  const id = memoryIdOf(call.params.id);
  const body = await editOf(call, id, read(shapes.update, call.body));
  const { memory, groupId } = await ours(call, "memories.update", { params: { id }, body });
  return { body: { ...toMem0(memory), group_id: groupId ?? null } };
}

async function editOf(
  call: Mem0Call,
  id: string,
  { text, metadata, timestamp, expiration_date }: Mem0Update,
): Promise<JsonObject> {
  const before = await standing(call, id);
  return {
    ...(text === undefined ? {} : { content: text }),
    ...(metadata ? { metadata: replacingMetadata(before.metadata, metadata) } : {}),
    ...(timestamp ? { validAt: isoOf(timestamp, "timestamp") } : {}),
    ...(expiration_date === undefined ? {} : { invalidAt: endOfDay(expiration_date, "expiration_date") }),
  };
}

export async function remove(call: Mem0Call): Promise<Mem0Answer> {
  if (call.query.delete_linked === "true")
    throw new Refusal(
      "invalid_input",
      "delete_linked is not supported here: delete the older memories one by one.",
      { fields: [{ path: "delete_linked", message: "leave it out" }] },
    );
  const { id } = await standing(call, memoryIdOf(call.params.id));
  const { groupId } = await ours(call, "memories.delete", { params: { id } });
  return { body: { message: "Memory deleted successfully!", group_id: groupId ?? null } };
}

export async function removeAll(call: Mem0Call): Promise<Mem0Answer> {
  const owners = read(shapes.deleteAll, call.query);
  const filters = filtersOf(owners);
  const { groupId } = await removeWhere(call, filterFrom(filters));
  return { body: { message: "Memories deleted successfully!", group_id: groupId } };
}

/** Archived ones, too: they still belong to the owner who is cleared away. */
export const removeWhere = (call: Mem0Call, filter: JsonObject) =>
  ours(call, "memories.bulk", {
    body: { filter: JSON.stringify(filter), lifecycle: "all", action: "delete" },
  });

export async function updateMany(call: Mem0Call): Promise<Mem0Answer> {
  const { memories } = read(shapes.batchUpdate, call.body);
  const items = [];
  for (const memory of memories) {
    const id = memoryIdOf(memory.memory_id);
    items.push({ id, ...(await editOf(call, id, memory)) });
  }
  const done = await ours(call, "memories.updateMany", { body: { items } });
  return { body: { message: `Successfully updated ${done.items.length} memories`, group_id: done.groupId } };
}

export async function removeMany(call: Mem0Call): Promise<Mem0Answer> {
  const { memories } = read(shapes.batchDelete, call.body);
  const ids = memories.map((memory) => memoryIdOf(memory.memory_id));
  const done = await ours(call, "memories.bulk", { body: { ids, action: "delete" } });
  return { body: { message: `Successfully deleted ${done.changed} memories`, group_id: done.groupId } };
}
