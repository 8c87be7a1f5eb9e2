/** That each proposal of a cycle is credited with what it would do by itself, and with nothing that another one does. */
import { beforeEach, describe, expect, it } from "vitest";

import { archiveOf, cycleOf, mergeOf, proposing, supersessionOf, tuningOf } from "../support/cycles";
import { createMemories } from "@/lib/commands/create-memory";
import { DEFAULTS } from "@/lib/domain/parameters";
import { decideProposals } from "@/lib/commands/cycle/decide-proposals";
import { recall } from "@/lib/queries/recall";
import { recordSignal } from "@/lib/commands/record-signal";
import { tuneParameter } from "@/lib/commands/tune-parameter";
import { freshWorkspace, type TestWorkspace } from "../support/workspace";
import type { ProposalDraft } from "@/lib/domain/cycle/proposal";

const TEXTS = [
  "Ann drinks green tea",
  "Ann drinks green tea in the morning",
  "Bob lives in Rome",
  "Bob lives in Oslo",
  "The build takes ten minutes",
  "The office is closed on Friday",
];
const QUESTIONS = [
  "Who drinks green tea?",
  "Where does Bob live?",
  "How long does the build take?",
  "When is the office closed?",
  "What about tea and the build?",
];

let workspace: TestWorkspace;
let ids: string[];
const nth = (i: number) => ids[i] ?? "";

beforeEach(async () => {
  workspace = await freshWorkspace();
  await tuneParameter(workspace.owner, { name: "cycle.bound.status", value: 1 });
  const { items } = await createMemories(
    workspace.owner,
    TEXTS.map((content) => ({ content })),
  );
  ids = items.map((item) => item.memory.id);
});

const ask = async (query: string, limit = 1) =>
  recall(workspace.owner, { query, limit, deterministic: true });
const proposed = async (drafts: readonly ProposalDraft[]) =>
  (await cycleOf(workspace.owner, proposing(drafts), { dryRun: true })).proposals;
const byTarget = (all: Awaited<ReturnType<typeof proposed>>, id: string) =>
  all.find((p) => p.targets.some((t) => t.id === id))?.predicted;

describe("the predicted effect of a proposal", () => {
  it("is its own, the same in company as alone", async () => {
    for (const query of QUESTIONS) await ask(query);
    const drafts = [
      mergeOf([nth(0), nth(1)], 0.8),
      supersessionOf(nth(2), nth(3), 0.7),
      archiveOf(nth(4), 0.9),
      archiveOf(nth(5), 0.9),
    ];
    const together = await proposed(drafts);
    const effects = [0, 2, 4, 5].map((i) => byTarget(together, nth(i)));
    for (const [i, draft] of drafts.entries()) {
      const [alone] = await proposed([draft]);
      expect(effects[i]).toEqual(alone?.predicted);
    }
    expect(effects.map((e) => e?.queries.map((q) => q.query).includes("When is the office closed?"))).toEqual(
      [false, false, false, true],
    );
    expect(
      effects.map((e) => e?.queries.map((q) => q.query).includes("How long does the build take?")),
    ).toEqual([false, false, true, false]);
  });

  it("of a merge leaves what another one merges where it is, and is near to nothing where its own memories are not asked about", async () => {
    for (const [query, wanted] of [
      ["Who drinks green tea?", 0],
      ["How long does the build take?", 4],
    ] as const) {
      const { retrievalId } = await ask(query, 2);
      await recordSignal(workspace.owner, {
        retrievalId: retrievalId ?? "",
        memories: [{ memoryId: nth(wanted), verdict: "helpful" }],
      });
    }
    const drafts = [
      mergeOf([nth(0), nth(1)], 0.8),
      mergeOf([nth(4), nth(5)], 0.8, {
        after: TEXTS[4] ?? "",
        payload: { sources: [nth(4), nth(5)], content: TEXTS[4] ?? "" },
      }),
    ];
    const together = await proposed(drafts);
    const [tea, build] = [byTarget(together, nth(0)), byTarget(together, nth(4))];
    for (const effect of [tea, build]) expect(effect?.ndcgDelta ?? 0).toBeGreaterThan(-0.5);
    // What was learned of tea for a question about tea must not put the merged tea into a list about the build.
    expect(
      tea?.queries.find((q) => q.query === "How long does the build take?")?.rankAfter ?? 2,
    ).toBeGreaterThan(1);
    const [alone] = await proposed([drafts[0] ?? mergeOf([])]);
    expect(tea).toEqual(alone?.predicted);
  });

  it("says where its memories stood and would stand, and what that is worth to a judged query", async () => {
    const { retrievalId, results } = await ask("How long does the build take?");
    expect(results[0]?.memory.id).toBe(nth(4));
    await recordSignal(workspace.owner, {
      retrievalId: retrievalId ?? "",
      memories: [{ memoryId: nth(4), verdict: "helpful" }],
    });
    const all = await proposed([archiveOf(nth(4), 0.9), archiveOf(nth(5), 0.9)]);
    const [harmful, harmless] = [byTarget(all, nth(4)), byTarget(all, nth(5))];
    expect(harmful).toMatchObject({
      affected: 1,
      ndcgDelta: -1,
      queries: [
        {
          query: "How long does the build take?",
          rankBefore: 1,
          rankAfter: null,
          ndcgBefore: 1,
          ndcgAfter: 0,
        },
      ],
    });
    expect(harmless?.ndcgDelta).toBeNull();
  });

  it("is what a query then shows", async () => {
    const [before, untouched] = [
      await ask("Where does Bob live?", 1),
      await ask("When is the office closed?", 1),
    ];
    const cycle = await cycleOf(
      workspace.owner,
      proposing([
        supersessionOf(
          before.results[0]?.memory.id ?? "",
          before.results[0]?.memory.id === nth(2) ? nth(3) : nth(2),
          0.7,
        ),
        archiveOf(nth(4), 0.9),
      ]),
    );
    const supersession = cycle.proposals.find((p) => p.kind === "supersede");
    expect(supersession?.predicted.queries.map((q) => q.query)).toEqual(["Where does Bob live?"]);
    await decideProposals(workspace.owner, { id: cycle.id, approve: [supersession?.id ?? ""] });
    expect((await ask("Where does Bob live?", 1)).results[0]?.memory.id).not.toBe(
      before.results[0]?.memory.id,
    );
    expect((await ask("When is the office closed?", 1)).results[0]?.memory.id).toBe(
      untouched.results[0]?.memory.id,
    );
  });

  it("of a setting is what the recalls would show under it alone; one of the cycles themselves ranks nothing", async () => {
    const { items } = await createMemories(workspace.owner, [
      { content: "Cora repairs violins", validAt: "1990-01-01T00:00:00.000Z" },
    ]);
    const asked = await ask("Who repairs violins?");
    expect(asked.results[0]?.memory.id).toBe(items[0]?.memory.id);
    const all = await proposed([
      tuningOf("recall.weight.recency", DEFAULTS["recall.weight.recency"], 2),
      tuningOf("recall.weight.utility", DEFAULTS["recall.weight.utility"], 0.251),
      tuningOf("cycle.accept.link", DEFAULTS["cycle.accept.link"], 0.45),
    ]);
    const affected = (name: string) => all.find((p) => p.targets[0]?.id === name)?.predicted.affected;
    expect(["recall.weight.recency", "recall.weight.utility", "cycle.accept.link"].map(affected)).toEqual([
      1, 0, 0,
    ]);
  });
});
