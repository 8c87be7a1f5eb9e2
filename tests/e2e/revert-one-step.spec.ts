import { expect, test } from "@/tests/support/browser-test";
import { openWorkspace, type E2eWorkspace } from "../support/e2e-workspace";

/**
 * If this broke, taking back one thing that was learned would also take what was learned after it, as restoring a backup
 * does, or leave a trace of what was taken back. Both would look like a success on the page; the numbers tell.
 */
let workspace: E2eWorkspace;
let memoryId: string;
test.beforeAll(async () => {
  workspace = await openWorkspace("revert one step");
  const written = await workspace.post("/memories", { content: "The build runs on the blue machine" });
  memoryId = written.memory.id;
});

test("the first of two outcomes is taken back and the later one keeps exactly its weight", async ({
  page,
}) => {
  const memory = async () => (await workspace.get(`/memories/${memoryId}`)).memory;
  const judge = (verdict: string, reason: string) =>
    workspace.post("/signals", { memories: [{ memoryId, verdict }], reason });

  const untouched = await memory();
  const first = await judge("helpful", "the first outcome");
  const afterFirst = await memory();
  await judge("harmful", "the later outcome");
  const afterBoth = await memory();

  await test.step("take the first back from the timeline, in one click", async () => {
    await workspace.signIn(page);
    await page.goto("/timeline");
    const row = page.getByRole("article").filter({ hasText: "the first outcome" });
    await row.getByRole("button", { name: /^Revert: Reinforced/ }).click();
    await expect(row.getByText("Reverted", { exact: true })).toBeVisible();
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });

  await test.step("only the later outcome counts, to the last digit", async () => {
    const now = await memory();
    expect(now.evidence.alpha).toBe(untouched.evidence.alpha);
    expect(now.evidence.beta).toBe(afterBoth.evidence.beta);
    expect(now.evidence.beta).toBeGreaterThan(0);
    expect(now.confidence).toBeLessThan(untouched.confidence);
    const statuses = await workspace.get(`/changes?target=${memoryId}&op=observe`);
    expect(
      statuses.items.map((change: { cause: { reason: string }; status: string }) => [
        change.cause.reason,
        change.status,
      ]),
    ).toEqual([
      ["the later outcome", "live"],
      ["the first outcome", "reverted"],
    ]);
  });

  await test.step("redo brings back exactly what both made", async () => {
    const row = page.getByRole("article").filter({ hasText: "the first outcome" });
    await row.getByRole("button", { name: /^Redo: Reinforced/ }).click();
    await expect(row.getByText("Reverted", { exact: true })).toHaveCount(0);
    const now = await memory();
    expect(now.evidence).toEqual(afterBoth.evidence);
    expect(afterFirst.evidence.alpha).toBe(now.evidence.alpha);
    expect(first.credited).toHaveLength(1);
  });

  await test.step("the ledger still verifies", async () => {
    expect((await workspace.get("/verify")).ok).toBe(true);
  });
});
