import { allOf, cursorQuery, memoryIdOf, ours, type Mem0Answer, type Mem0Call } from "./call";
import { Refusal } from "@/lib/domain/errors";
import type { ChangeOut } from "@/lib/contracts/change";
import type { MemoryOut } from "@/lib/contracts/memory";

/** The memory's text as a change left it; null: it was not there, or deleted. */
type Text = string | null;

/**
 * What the ledger says of a memory's text, oldest first: each change that wrote, removed or brought back the text, also
 * those that were taken back later. Changes that leave the text alone, such as evidence, have no place in mem0's history.
 */
export async function history(call: Mem0Call): Promise<Mem0Answer> {
  const id = memoryIdOf(call.params.id);
  const changes = await allOf((cursor) =>
    ours(call, "memories.history", { params: { id }, query: { limit: "200", ...cursorQuery(cursor) } }),
  );
  const entries: object[] = [];
  let before: Text = null;
  for (const change of changes.reverse()) {
    if (!MOVES_TEXT.has(change.op)) continue;
    const memory = await memoryAfter(call, id, change);
    const after: Text = memory === null || memory.lifecycle === "deleted" ? null : memory.content;
    if (after !== before) entries.push(entry(change, id, { before, after, memory }));
    before = after;
  }
  return { body: entries };
}

const MOVES_TEXT: ReadonlySet<ChangeOut["op"]> = new Set<ChangeOut["op"]>([
  "create",
  "merge",
  "edit",
  "delete",
  "restore",
  "archive",
  "member",
  "revert",
]);

/** Reverts can reach a memory's text from afar, so it is read as of the change and not worked out here a second time. */
async function memoryAfter(call: Mem0Call, id: string, change: ChangeOut): Promise<MemoryOut | null> {
  try {
    return (await ours(call, "memories.get", { params: { id }, query: { asOf: String(change.seq) } })).memory;
  } catch (error) {
    if (error instanceof Refusal && error.code === "not_found") return null;
    throw error;
  }
}

interface Move {
  readonly before: Text;
  readonly after: Text;
  readonly memory: MemoryOut | null;
}

function entry(
  { id, at, status, summary, actor }: ChangeOut,
  memoryId: string,
  { before, after, memory }: Move,
): object {
  return {
    id,
    memory_id: memoryId,
    input: [],
    old_memory: before,
    new_memory: after,
    event: before === null ? "ADD" : after === null ? "DELETE" : "UPDATE",
    user_id: memory?.scope.userId ?? null,
    agent_id: memory?.scope.agentId ?? null,
    session_id: memory?.scope.runId ?? null,
    categories: memory?.tags ?? [],
    created_at: at,
    updated_at: at,
    metadata: { change_id: id, status, summary, actor: actor.name },
  };
}
