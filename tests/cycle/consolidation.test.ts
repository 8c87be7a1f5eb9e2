/** What cycles propose to merge, to replace and to show as contested, from the texts alone. */
import { beforeEach, describe, expect, it } from "vitest";

import { createMemories, createMemory } from "@/lib/commands/create-memory";
import { cycleOf } from "../support/cycles";
import { decideProposals } from "@/lib/commands/cycle/decide-proposals";
import { getMemory } from "@/lib/queries/memory";
import { listMerges } from "@/lib/queries/merges";
import { proposeMerges } from "@/lib/commands/cycle/propose-merges";
import { proposeSupersessions } from "@/lib/commands/cycle/propose-supersessions";
import { recall } from "@/lib/queries/recall";
import { revert } from "@/lib/commands/revert";
import { tuneParameter } from "@/lib/commands/tune-parameter";
import { verify } from "@/lib/queries/verify";
import { freshWorkspace, type TestWorkspace } from "../support/workspace";
import type { CreateMemoryIn } from "@/lib/contracts/memory";

let workspace: TestWorkspace;
const TOOLS = {
  proposers: [
    { name: "merges", propose: proposeMerges },
    { name: "supersessions", propose: proposeSupersessions },
  ],
};

beforeEach(async () => {
  workspace = await freshWorkspace();
  await tuneParameter(workspace.owner, { name: "cycle.bound.status", value: 1 });
});

async function remember(...inputs: readonly CreateMemoryIn[]): Promise<string[]> {
  const { items } = await createMemories(workspace.owner, inputs);
  return items.map((item) => item.memory.id);
}
const run = () => cycleOf(workspace.owner, TOOLS);
const memory = async (id: string) => (await getMemory(workspace.owner, { id })).memory;
const at = (day: string) => `2026-0${day}T09:00:00Z`;

const REPORT = "The quarterly report about the harbour extension is due in the main office on Friday";

describe("merging", () => {
  it("proposes two wordings of one thing, and applied the result is found for both and both are reachable", async () => {
    const [a = "", b = ""] = await remember(
      { content: `${REPORT}.` },
      { content: `On Friday the quarterly report about the harbour extension is due in the main office.` },
      { content: "Bob keeps two parrots in the kitchen" },
    );
    const cycle = await run();
    const [proposal] = cycle.proposals.filter((p) => p.kind === "merge");
    expect(proposal?.targets.map((t) => t.id).sort()).toEqual([a, b].sort());
    expect(cycle.proposals).toHaveLength(1);
    if (proposal?.state === "waiting")
      await decideProposals(workspace.owner, { id: cycle.id, approve: [proposal.id] });
    const into = (await memory(a)).mergedInto;
    expect(into).not.toBeNull();
    expect((await memory(b)).mergedInto).toBe(into);
    const { results } = await recall(workspace.owner, { query: "when is the quarterly report due" });
    expect(results[0]?.memory.id).toBe(into);
    expect(await verify(workspace.owner)).toMatchObject({ ok: true, projection: { mismatches: [] } });
  });

  it("keeps what a guard stops among the rejected, and says why", async () => {
    await remember({ content: `${REPORT} at 9 am` }, { content: `${REPORT} at 11 am` });
    const { proposals } = await run();
    expect(proposals.map(({ kind, state }) => [kind, state])).toEqual([["merge", "rejected"]]);
    expect(proposals[0]?.why).toContain("other numbers");
  });

  it("never merges memories of two people, of two speakers or of two kinds", async () => {
    await remember(
      { content: `${REPORT}.`, scope: { userId: "ann" } },
      { content: `${REPORT}!`, scope: { userId: "bob" } },
      { content: `${REPORT} .`, scope: { userId: "ann" }, source: { speaker: "Carl" } },
      { content: `${REPORT} !`, scope: { userId: "ann" }, kind: "preference" },
    );
    expect((await run()).proposals).toEqual([]);
  });

  it("looks in a later cycle at what was held back, and asks nobody twice about what was declined", async () => {
    await remember({ content: `${REPORT}.` }, { content: `${REPORT} by noon.` });
    await tuneParameter(workspace.owner, { name: "cycle.auto.merge", value: 1.01 });
    const first = await run();
    const [proposal] = first.proposals;
    expect(proposal).toMatchObject({ kind: "merge", state: "waiting" });
    const waiting = await listMerges(workspace.owner, { status: "candidate" });
    expect(waiting).toMatchObject({
      total: 1,
      nextCursor: null,
      items: [{ id: proposal?.id, status: "candidate", resultId: null, proposal: { cycleId: first.id } }],
    });
    expect(waiting.items[0]?.parts.map((part) => part.content).sort()).toEqual(
      [`${REPORT} by noon.`, `${REPORT}.`].sort(),
    );
    await decideProposals(workspace.owner, { id: first.id, decline: [proposal?.id ?? ""] });
    expect((await run()).proposals).toEqual([]);
    expect((await listMerges(workspace.owner, { status: "candidate" })).items).toEqual([]);
  });
});

describe("supersession", () => {
  it("proposes the later value of one attribute, waits for a person, and is taken back with the memory that replaced it", async () => {
    const [old = ""] = await remember(
      { content: "I live in Berlin", validAt: at("1-05") },
      { content: "I like the sea", validAt: at("6-01") },
    );
    const made = await createMemory(workspace.owner, { content: "I moved to Lisbon", validAt: at("6-01") });
    const now = made.memory.id;
    const cycle = await run();
    expect(cycle.proposals).toMatchObject([{ kind: "supersede", state: "waiting", risk: "high" }]);
    await decideProposals(workspace.owner, { id: cycle.id, approve: cycle.proposals.map((p) => p.id) });
    expect((await memory(old)).supersededBy).toBe(now);
    const back = await revert(workspace.owner, { changeIds: made.changes.map((change) => change.id) });
    expect((await memory(old)).supersededBy).toBeNull();
    await revert(workspace.owner, { changeIds: back.changes.map((change) => change.id) });
    expect((await memory(old)).supersededBy).toBe(now);
    expect(await verify(workspace.owner)).toMatchObject({ ok: true, projection: { mismatches: [] } });
  });

  it("shows two values of one time as contested", async () => {
    await remember(
      { content: "Ann's favourite colour is blue", validAt: at("1-05") },
      { content: "Ann's favourite colour is green", validAt: at("1-05") },
    );
    const { proposals } = await run();
    expect(proposals.map(({ kind, state }) => [kind, state]).sort()).toEqual([
      ["contest", "waiting"],
      ["merge", "rejected"],
    ]);
  });
});
