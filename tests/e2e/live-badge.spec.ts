import { expect, test } from "@/tests/support/browser-test";
import { openWorkspace, type E2eWorkspace } from "../support/e2e-workspace";

/** If this broke, a person would read an old list as the present one, or lose their place the moment the server comes back. */
const STREAM = "**/api/v1/events";
const ROWS = 60;

test.setTimeout(90_000);

let workspace: E2eWorkspace;
test.beforeAll(async () => {
  workspace = await openWorkspace("a lost stream");
  for (let n = 0; n < ROWS; n += 1)
    await workspace.post("/memories", { content: `Buoy ${n} is lit at dusk` });
});

test("a lost stream is said and keeps what was there; its return is said, brings what was missed, and moves nothing", async ({
  page,
}) => {
  await workspace.signIn(page);
  let isAway = true;
  // A page that never had the stream is told the same as one that lost it: every attempt fails.
  await page.route(STREAM, (route) => (isAway ? route.abort() : route.continue()));
  await page.goto("/timeline");
  const badge = page.getByRole("complementary").getByText(/^(Not live since|Live$)/u);
  const read = page.getByRole("article", { name: "Remembered “Buoy 30 is lit at dusk”" });
  await test.step("while it is away", async () => {
    await expect(badge).toHaveText(/^Not live since \d\d:\d\d/u);
    await expect(page.getByRole("article").first()).toBeVisible();
    await expect(async () => {
      await page.mouse.move(600, 500);
      await page.mouse.wheel(0, 400);
      await expect(read).toBeInViewport({ timeout: 200 });
    }).toPass();
  });
  const entries = page.getByText(/^\d+ entries$/u);
  const told = (await entries.textContent()) ?? "";
  await workspace.post("/memories", { content: "The last buoy was towed in" });
  await test.step("when it is back", async () => {
    const before = await read.boundingBox();
    isAway = false;
    await expect(badge).toHaveText("Live", { timeout: 40_000 });
    // What was missed is there; what was read stands where it stood.
    await expect(entries).not.toHaveText(told);
    const after = await read.boundingBox();
    expect(Math.abs((after?.y ?? 0) - (before?.y ?? 0))).toBeLessThan(4);
  });
});
