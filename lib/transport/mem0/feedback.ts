import * as shapes from "@/lib/contracts/mem0";
import { memoryIdOf, ours, read, type Mem0Answer, type Mem0Call } from "./call";

const VERDICTS = { POSITIVE: "helpful", NEGATIVE: "irrelevant", VERY_NEGATIVE: "harmful" } as const;

/** Whose signals they are; also a handle to take all of them back at once. */
const SOURCE = "mem0";

/** A verdict on one memory. With the search's `retrieval_id` it counts near that search's question. */
export async function feedback(call: Mem0Call): Promise<Mem0Answer> {
  const {
    memory_id,
    feedback: given = null,
    feedback_reason: reason = null,
    retrieval_id,
  } = read(shapes.feedback, call.body);
  const memoryId = memoryIdOf(memory_id);
  if (given === null) return takeBack(call, memoryId);
  const { signalId, changes } = await ours(call, "signals.create", {
    body: {
      memories: [{ memoryId, verdict: VERDICTS[given] }],
      source: SOURCE,
      ...(reason ? { reason } : {}),
      ...(retrieval_id ? { retrievalId: retrieval_id } : {}),
    },
  });
  return {
    body: {
      id: signalId,
      feedback: given,
      feedback_reason: reason,
      message: "Feedback recorded",
      group_id: changes[0]?.groupId ?? null,
    },
  };
}

/** No feedback any more: the last one that this very key gave on the memory leaves the sum. */
async function takeBack(call: Mem0Call, memory: string): Promise<Mem0Answer> {
  const { items } = await ours(call, "signals.list", { query: { memory, limit: "200" } });
  const last = items.find(
    ({ source, actor, moved }) =>
      source === SOURCE && actor === call.ctx.actor && moved.some(({ status }) => status === "live"),
  );
  const none = { id: null, feedback: null, feedback_reason: null };
  if (last === undefined)
    return { body: { ...none, message: "There was no feedback to take back", group_id: null } };
  const { groupId } = await ours(call, "reverts.create", { body: { select: { signalId: last.id } } });
  return { body: { ...none, message: "Feedback taken back", group_id: groupId } };
}
