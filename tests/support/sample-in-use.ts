import { readFile } from "node:fs/promises";

import { expect, type APIRequestContext } from "@playwright/test";

import type { PageSubjects } from "@/scripts/page-list";
import { LOOKALIKES, PAIRS } from "./near-duplicates";
import { ask, type OwnWorkspace } from "./signed-in";

/** Fills a workspace with the sample data and uses it, so that every page has something to show; tells what to open. */
export async function sampleInUse(
  request: APIRequestContext,
  workspace: OwnWorkspace,
): Promise<PageSubjects> {
  const data = await readFile("public/sample/notes.ndjson");
  await ask(request, workspace, { method: "POST", path: "/import?format=ndjson", data });
  await statisticsTaken(request, workspace);
  const memory = await useAndJudge(request, workspace);
  const cycle = await improve(request, workspace);
  const found = await ask(request, workspace, { method: "GET", path: "/entities?q=noor&limit=1" });
  return {
    memory,
    cycle,
    entity: String(found.items[0].id),
    entityName: "noor",
    question: "What is Noor allergic to?",
  };
}

/**
 * The word statistics of what was imported are taken half a second later, and rank otherwise than none: until then it is
 * chance which memory is judged.
 */
async function statisticsTaken(request: APIRequestContext, workspace: OwnWorkspace): Promise<void> {
  const data = { query: "Is all of it there?", dryRun: true };
  await expect(async () => {
    const answer = await ask(request, workspace, { method: "POST", path: "/recall", data });
    expect(answer).toMatchObject({ degraded: [], epoch: expect.not.stringMatching(/^0$/u) });
  }).toPass({ timeout: 30_000 });
}

/** Uses the store as its people would, so that every page has something to show; gives a memory that moved. */
async function useAndJudge(request: APIRequestContext, workspace: OwnWorkspace): Promise<string> {
  const post = (path: string, data: unknown) => ask(request, workspace, { method: "POST", path, data });
  const judge = async (query: string, verdict: string) => {
    const { retrievalId, results } = await post("/recall", { query, limit: 5, deterministic: true });
    const ids: readonly string[] = results.map((result: { memory: { id: string } }) => result.memory.id);
    const signal = await post("/signals", { retrievalId, memories: [{ memoryId: ids[0], verdict }] });
    return { ids, changeId: String(signal.changes[0]?.id) };
  };
  const { ids } = await judge("Does Noor have an allergy?", "helpful");
  await judge("Does Noor have an allergy?", "helpful");
  const slip = await judge("Does Noor have an allergy?", "harmful");
  await post("/reverts", { changeIds: [slip.changeId], reason: "A slip of the finger" });
  await judge("Where are the servers?", "helpful");
  await judge("When are releases allowed?", "outdated");
  const failed = await post("/recall", { query: "Who designs?", limit: 5 });
  await post("/signals", {
    retrievalId: failed.retrievalId,
    outcome: -1,
    used: [failed.results[0]?.memory.id],
  });
  const coffee = await post("/recall", { query: "How does Noor drink coffee?", limit: 2 });
  await post("/signals", { retrievalId: coffee.retrievalId, outcome: 1 });
  await post("/merges", {
    sources: coffee.results.map((result: { memory: { id: string } }) => result.memory.id),
  });
  return ids[0] ?? "";
}

/** A cycle that leaves something to a person, and an earlier one that was only tried. */
async function improve(request: APIRequestContext, workspace: OwnWorkspace): Promise<string> {
  const send = (method: "POST" | "PATCH", path: string, data: unknown) =>
    ask(request, workspace, { method, path, data });
  for (const content of [...PAIRS.flat(), ...LOOKALIKES]) await send("POST", "/memories", { content });
  await send("PATCH", "/parameters/cycle.bound.status", { value: 1 });
  await send("POST", "/cycles", { dryRun: true });
  const { cycle } = await send("POST", "/cycles", {});
  if (!(cycle.waiting > 0)) throw new Error("The cycle left nothing to a person.");
  return String(cycle.id);
}
