/**
 * Somebody is invited, comes in by the link with a password of theirs, and is held to their role with words that help; and a
 * person goes from one workspace to another. Without it the only way in would be the link of whoever runs the server.
 */
import { arrived, comingAlive, expect, test } from "@/tests/support/browser-test";

import { E2E_ADDRESS } from "../support/e2e-server";
import { openWorkspace, type E2eWorkspace } from "../support/e2e-workspace";

let workspace: E2eWorkspace;
let memoryId = "";
test.beforeAll(async () => {
  workspace = await openWorkspace("Of people");
  const kettle = { content: "The kettle is in the left cupboard." };
  memoryId = (await workspace.post("/memories", kettle)).memory.id;
});

test("a viewer comes in by a link, looks around, and is refused an edit with whom to ask", async ({
  page,
  browser,
}) => {
  const email = `viewer-${Date.now()}@example.org`;
  let link = "";
  await test.step("the owner makes an invitation", async () => {
    await workspace.signIn(page);
    await page.goto("/settings?tab=people");
    await page.getByRole("button", { name: "Invite" }).click();
    await page.getByLabel("Whom is it for?").fill("Vera");
    await page.getByLabel("Role").click();
    await page.getByRole("option", { name: /Viewer/ }).click();
    await page.getByRole("button", { name: "Make the link" }).click();
    await expect(page.getByRole("heading", { name: /Hand this link to Vera/ })).toBeVisible();
    link = (await page.locator("pre").filter({ hasText: "/join?token=" }).textContent()) ?? "";
    await page.getByRole("button", { name: "I have copied it" }).click();
    await expect(page.getByRole("list", { name: "Open invitations" })).toContainText("Vera");
  });
  const theirs = await browser.newContext({ baseURL: E2E_ADDRESS, locale: "en-GB" });
  const vera = comingAlive(await theirs.newPage());
  await test.step("she comes in with it", async () => {
    await vera.goto(link.trim());
    await expect(vera.getByText("lets you in as")).toContainText("viewer");
    await vera.getByLabel("Email").fill(email);
    await vera.getByLabel("Password").fill("four words are enough");
    await vera.getByRole("button", { name: "Come in" }).click();
    await expect(vera.getByRole("navigation", { name: "Main" })).toBeVisible();
  });
  await test.step("she finds the memory, and deleting it is refused with whom to ask", async () => {
    await vera.goto(`/memories/${memoryId}`);
    await expect(vera.getByText("The kettle is in the left cupboard.").first()).toBeVisible();
    await vera.getByRole("button", { name: "Delete", exact: true }).click();
    await expect(vera.getByText(/your role here has "read"/)).toBeVisible();
    await expect(vera.getByText(/Settings → People/)).toBeVisible();
  });
  await test.step("she signs out, and in again with her password", async () => {
    await vera.getByRole("button", { name: /Workspace:/ }).click();
    await vera.getByRole("menuitem", { name: "Sign out" }).click();
    await expect(vera).toHaveURL(/\/login/);
    await arrived(vera);
    await vera.getByLabel("Email").fill(email);
    await vera.getByLabel("Password", { exact: true }).fill("four words are enough");
    await vera.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(vera.getByRole("navigation", { name: "Main" })).toBeVisible();
    await vera.goto("/settings?tab=account");
    await expect(vera.getByRole("list", { name: "Browsers" })).toContainText("This one");
  });
  await test.step("the audit names what was refused to whom", async () => {
    await page.goto("/settings?tab=audit");
    const rows = page.getByRole("list", { name: "Newest first" });
    await expect(rows).toContainText("Vera");
    await expect(rows.getByRole("listitem").filter({ hasText: "Not allowed" })).toContainText(
      "memories.update",
    );
  });
  await theirs.close();
});

test("a person who may make workspaces makes one, goes there and comes back", async ({ page }) => {
  const made = await workspace.post("/invitations", { note: "Wim", role: "owner" });
  await page.goto(made.path);
  await page.getByLabel("Email").fill(`owner-${Date.now()}@example.org`);
  await page.getByLabel("Password").fill("four words are enough");
  await page.getByRole("button", { name: "Come in" }).click();
  await expect(page.getByRole("button", { name: "Workspace: Of people" })).toBeVisible();
  const other = await openWorkspace("Of others");
  const further = await other.post("/invitations", { note: "Wim", role: "curator" });
  await test.step("a second invitation is taken as who one is", async () => {
    await page.goto(further.path);
    await page.getByRole("button", { name: "Come in as Wim" }).click();
    await expect(page.getByRole("button", { name: "Workspace: Of others" })).toBeVisible();
  });
  await test.step("the menu leads back, and what is shown is of there", async () => {
    await page.getByRole("button", { name: "Workspace: Of others" }).click();
    await page.getByRole("menuitemradio", { name: "Of people" }).click();
    await expect(page.getByRole("button", { name: "Workspace: Of people" })).toBeVisible();
    await page.goto("/memories");
    await expect(page.getByText("The kettle is in the left cupboard.")).toBeVisible();
  });
  await test.step("a workspace is renamed where one is its owner, and not where one is not", async () => {
    await page.goto("/settings?tab=workspaces");
    const rows = page.getByRole("list", { name: "Workspaces" }).getByRole("listitem");
    await expect(rows.filter({ hasText: "Of others" }).getByRole("button")).toHaveCount(0);
    await rows.filter({ hasText: "Of people" }).getByRole("button", { name: "Rename" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Of many people");
    await page.getByRole("button", { name: "Rename", exact: true }).click();
    await expect(page.getByRole("button", { name: "Workspace: Of many people" })).toBeVisible();
  });
});

test("a passkey signs its person in without a password", async ({ page, context }) => {
  // Browsers tie a passkey to a name, and an address of numbers is none.
  const address = E2E_ADDRESS.replace("127.0.0.1", "localhost");
  const devtools = await context.newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const made = await workspace.post("/invitations", { note: "Pia", role: "curator" });
  await page.goto(`${address}${made.path}`);
  await page.getByLabel("Email").fill(`passkey-${Date.now()}@example.org`);
  await page.getByLabel("Password").fill("four words are enough");
  await page.getByRole("button", { name: "Come in" }).click();
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
  await page.goto(`${address}/settings?tab=account`);
  await page.getByRole("button", { name: "Add this device" }).click();
  await expect(page.getByRole("list", { name: "Passkeys" }).getByRole("listitem")).toHaveCount(1);
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page).toHaveURL(/\/login/);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
  await page.goto(`${address}/settings?tab=account`);
  await expect(page.getByRole("heading", { name: "Pia" })).toBeVisible();
});

test("what is typed and pressed before the sign-in page is alive is neither sent nor lost", async ({
  context,
}) => {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  await context.route("**/*.js", async (route) => {
    await released;
    await route.continue();
  });
  // Not the fixture's page, which waits until it is alive.
  const early = await context.newPage();
  await early.goto("/login", { waitUntil: "commit" });
  const key = early.getByLabel("With an API key");
  await key.fill(workspace.secret);
  await key.press("Enter");
  await early.getByRole("button", { name: "Sign in with the key" }).click();
  await expect(early).toHaveURL(/\/login$/u);
  await expect(key).toHaveValue(workspace.secret);
  release();
  await arrived(early);
  await expect(key).toHaveValue(workspace.secret);
  await early.getByRole("button", { name: "Sign in with the key" }).click();
  await expect(early.getByRole("navigation", { name: "Main" })).toBeVisible();
});
