/** Whether a recall says that nothing here answers, through the operation as clients call it. */
import { beforeEach, describe, expect, it } from "vitest";

import { createMemories } from "@/lib/commands/create-memory";
import { inWorkspace } from "@/lib/store/prisma";
import { recall } from "@/lib/queries/recall";
import { refreshEpoch } from "@/lib/commands/refresh-epoch";
import { answered } from "../support/answers";
import { freshWorkspace, type TestWorkspace } from "../support/workspace";

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await freshWorkspace();
});

const say = (speaker: string, ...texts: string[]) =>
  createMemories(
    workspace.owner,
    texts.map((content) => ({ content, source: { speaker } })),
  );
const odds = async (query: string) =>
  answered("recall", await recall(workspace.owner, { query, dryRun: true })).answerability;

describe("answerability", () => {
  it("is 0 in an empty store", async () => expect(await odds("Where is the key?")).toBe(0));

  it("is higher for what was said than for what was not", async () => {
    await say(
      "user",
      "The spare key to the cellar hangs behind the blue door.",
      "My sister moved to Porto in spring.",
      "I take the tram to work on Mondays.",
    );
    const known = await odds("Where does the spare key to the cellar hang?");
    expect(known).toBeGreaterThan(0.5);
    expect(await odds("Which instrument does my uncle play in the orchestra?")).toBeLessThan(known / 2);
  });

  it("is lower when somebody else said it than the one who is asked about", async () => {
    await say("Ann", "I have been playing the cello for nine years.", "I like long walks by the river.");
    await say("Bo", "My train was late again this morning.", "I had soup for lunch.");
    await refreshEpoch(workspace.workspaceId);
    expect(await odds("Which instrument does Bo play?")).toBeLessThan(
      (await odds("Which instrument does Ann play?")) - 0.1,
    );
  });

  it("is kept with the logged recall", async () => {
    await say("user", "The spare key hangs behind the blue door.");
    const { retrievalId, answerability } = await recall(workspace.owner, {
      query: "Where is the spare key?",
    });
    const [row] = await inWorkspace(
      workspace.workspaceId,
      (tx) => tx.$queryRaw<{ kept: number }[]>`
        SELECT "answerability" AS "kept" FROM "Retrieval" WHERE "id" = ${retrievalId}::uuid`,
    );
    expect(row?.kept).toBe(answerability);
  });
});
