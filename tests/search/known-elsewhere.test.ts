/** A memory that helped with many wordings of one need is lowered for questions about something else, until that is taken back. */
import { beforeEach, describe, expect, it } from "vitest";

import { createMemories } from "@/lib/commands/create-memory";
import { operations } from "@/lib/contracts/operations";
import { perform } from "@/lib/transport/perform";
import { recall } from "@/lib/queries/recall";
import { recordSignal } from "@/lib/commands/record-signal";
import { revert } from "@/lib/commands/revert";
import { freshWorkspace, type TestWorkspace } from "../support/workspace";

const WORDINGS = [
  "How do I get a refund?",
  "How can I get my refund?",
  "I would like to get a refund",
  "Can I get a refund, please?",
  "How do I request a refund?",
  "Where can I ask for a refund?",
];
const DIFFERENT = [
  "How do I get a refund?",
  "Is the office open on Sunday?",
  "Which colour does the bicycle have?",
  "Who feeds the cat?",
  "What is the password rule?",
  "How long does the flight take?",
];
const OTHER = "Which bus goes to the museum?";

let workspace: TestWorkspace;
let desk = "";
beforeEach(async () => {
  workspace = await freshWorkspace();
  const { items } = await createMemories(workspace.owner, [
    { content: "The service desk in the hall takes things back until six" },
    { content: "Bus 12 goes to the museum" },
  ]);
  desk = items[0]?.memory.id ?? "";
});

async function praise(queries: readonly string[]): Promise<(string | null)[]> {
  const groups: (string | null)[] = [];
  for (const query of queries)
    for (let i = 0; i < 3; i += 1) {
      const { retrievalId } = await recall(workspace.owner, { query });
      const memories = [{ memoryId: desk, verdict: "helpful" as const }];
      const { changes } = await recordSignal(workspace.owner, { retrievalId: retrievalId ?? "", memories });
      groups.push(changes[0]?.groupId ?? null);
    }
  return groups;
}

async function cue(query: string): Promise<number | undefined> {
  const input = { query, dryRun: true, deterministic: true };
  const { results } = operations.recall.output.parse(await perform("recall", workspace.owner, input));
  return results.find(({ memory }) => memory.id === desk)?.parts.cue;
}

describe("a memory that helped with many wordings of one need", () => {
  it("is lowered for another question, and is back where it was when the praise is taken back", async () => {
    expect(await cue(OTHER)).toBe(0);
    const groups = await praise(WORDINGS);
    expect(await cue(OTHER)).toBeLessThan(-0.04);
    expect(await cue("Please, how do I get the refund?")).toBeGreaterThan(0.1);
    for (const groupId of groups.slice(3)) if (groupId !== null) await revert(workspace.owner, { groupId });
    expect(await cue(OTHER)).toBe(0);
    expect(await cue(WORDINGS[0] ?? "")).toBeGreaterThan(0);
  });

  it("is not when it helped as often with different things", async () => {
    await praise(DIFFERENT);
    expect(await cue(OTHER)).toBe(0);
  });
});
