import { z } from "zod";
import { id, reason } from "./common";
import * as changes from "./change";
import * as cycles from "./cycle";
import * as graph from "./graph";
import * as memories from "./memory";
import * as metrics from "./metrics";
import * as recalls from "./recall";
import * as signals from "./signal";
import type { OperationId } from "./operations";

/** A tool for agents: an operation of the table under a name and with arguments that a model gets right. */
export interface Tool {
  readonly operation: OperationId;
  readonly title: string;
  /** What it does and when to use it, for a model that has nothing else to go by. */
  readonly description: string;
  readonly input: z.ZodType;
  /** Fields of the operation's input that the tool decides by itself. */
  readonly fixed?: Readonly<Record<string, unknown>>;
  /** Names of the tool's arguments that are called otherwise in the operation. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** It changes nothing, though its operation might. */
  readonly readOnly?: boolean;
}

const withId = z.strictObject({ id: id.describe("the memory's id") });

export const tools = {
  add_memory: {
    operation: "memories.create",
    title: "Remember",
    description:
      "Remember one fact, preference, procedure, episode or insight, in one or two plain sentences. The same text in the same scope again strengthens what is known instead of doubling it. Can be taken back with revert_change.",
    input: memories.createMemory,
  },
  search_memories: {
    operation: "recall",
    title: "Recall",
    description:
      "Find the memories that help with a question. Keep the retrievalId and report with report_outcome how the answer turned out: that is how the memory gets better.",
    input: z.strictObject({
      query: recalls.recall.shape.query,
      limit: recalls.recall.shape.limit,
      scope: recalls.recall.shape.scope,
      asOf: recalls.recall.shape.asOf,
      filter: recalls.recall.shape.filter,
    }),
  },
  get_memory: {
    operation: "memories.get",
    title: "Read one memory",
    description: "One memory with its confidence, evidence and provenance; with asOf as it was then.",
    input: withId.extend(memories.getMemory.shape),
  },
  update_memory: {
    operation: "memories.update",
    title: "Change a memory",
    description:
      "Correct the text of a memory, or its kind, tags, metadata, validity or state. For a fact that has changed in the world, add the new fact and set supersededBy on the old one instead. Each field becomes a change that can be reverted.",
    input: z.strictObject({ ...withId.shape, ...memories.updateMemory.shape }),
  },
  delete_memory: {
    operation: "memories.delete",
    title: "Delete a memory",
    description:
      "Take a memory out of every recall. Reversible: revert_change brings it back with everything it had.",
    input: withId.extend({ reason: reason.optional() }),
  },
  list_memories: {
    operation: "memories.list",
    title: "List memories",
    description:
      "List memories by words and filter, newest first. To answer a question, use search_memories.",
    input: memories.listMemories,
  },
  report_outcome: {
    operation: "signals.create",
    title: "Report an outcome",
    description:
      "Say how an answer turned out, for the retrievalId of the recall it was made from: outcome from -1 to 1, and, when known, which memories were used or how helpful each was. Moves confidence and ranking at once; every step can be reverted.",
    input: signals.createSignal,
  },
  explain_result: {
    operation: "retrievals.explain",
    title: "Explain a result",
    description:
      "Why a memory stood where it did in a recall: the parts of its score, the changes that moved it, and where it would stand now.",
    input: z.strictObject({ retrievalId: id, memoryId: id }),
    renamed: { retrievalId: "id", memoryId: "memory" },
  },
  search_graph: {
    operation: "graph.get",
    title: "Search the graph",
    description:
      "What is known around a person, place, organization or thing, by name: whom and what it is connected with, how strongly, and which memories say so. With `to`, how two of them are connected. To answer a question, use search_memories.",
    input: graph.searchGraph,
  },
  list_changes: {
    operation: "changes.list",
    title: "List changes",
    description:
      "Everything that ever happened to the memory, newest first, each with what it moved and whether it is in force.",
    input: changes.listChanges,
  },
  preview_revert: {
    operation: "reverts.create",
    title: "Preview a revert",
    description:
      "What taking changes back would do: which memories move, before and after, and which recalls would rank differently. Changes nothing. Use it before revert_change.",
    input: changes.revertTool,
    fixed: { dryRun: true },
    readOnly: true,
  },
  revert_change: {
    operation: "reverts.create",
    title: "Take changes back",
    description:
      "Take back exactly these changes and nothing else; later changes keep their full effect. Redo by reverting the groupId in the answer.",
    input: changes.revertTool,
    fixed: { dryRun: false },
  },
  run_cycle: {
    operation: "cycles.run",
    title: "Run an improvement cycle",
    description:
      "Look for duplicates, contradictions, harmful and forgotten memories and for better settings, apply what is safe and queue the rest for a person. With dryRun it only shows what it would do. Everything it applies is one group: revert_change with its cycleId takes it back.",
    input: cycles.runCycle,
  },
  memory_status: {
    operation: "metrics.overview",
    title: "Status",
    description: "Counts, health and what waits for a person.",
    input: metrics.range,
  },
} as const satisfies Record<string, Tool>;

export type ToolName = keyof typeof tools;
export const TOOL_NAMES = Object.keys(tools) as readonly ToolName[]; // keys of a const object are its names
