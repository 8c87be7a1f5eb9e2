/** A speaker's name in a query is a word, too, wherever the text may be about them. */
import { expect, it } from "vitest";

import { createMemories } from "@/lib/commands/create-memory";
import { recall } from "@/lib/queries/recall";
import { refreshEpoch } from "@/lib/commands/refresh-epoch";
import { freshWorkspace } from "../support/workspace";

it("a query that is a name finds what is told of them, and not how others address them", async () => {
  const { owner, workspaceId } = await freshWorkspace();
  const by = (speaker: string) => ({ source: { speaker } });
  await createMemories(owner, [
    { content: "Noor is allergic to hazelnuts", ...by("Noor") },
    { content: "Noor leads the team" },
    { content: "The stove was repaired on Monday", ...by("Noor") },
    { content: "Hey Noor, how was the weekend?", ...by("Marek") },
    { content: "Windows are cleaned in May" },
  ]);
  await refreshEpoch(workspaceId);
  const { results } = await recall(owner, { query: "Noor", dryRun: true, deterministic: true });
  const points = new Map(results.map(({ memory, parts }) => [memory.content, parts.keyword]));
  expect(points.get("Noor is allergic to hazelnuts")).toBeGreaterThan(0);
  expect(points.get("Noor leads the team")).toBeGreaterThan(0);
  expect(points.get("Hey Noor, how was the weekend?")).toBe(0);
  expect(points.get("The stove was repaired on Monday")).toBe(0);
  expect(results.slice(0, 2).map(({ memory }) => memory.content)).toEqual(
    expect.arrayContaining(["Noor is allergic to hazelnuts", "Noor leads the team"]),
  );
});
