/**
 * What opens over a page, and the pages before anybody is signed in, in the states that somebody meets there. A dialog that traps nobody, a
 * field without a name or a text that cannot be read in one theme would not be noticed on the page itself.
 */
import path from "node:path";

import { expect, test, type Locator, type Page } from "@/tests/support/browser-test";

import { E2E_ADDRESS } from "../support/e2e-server";
import { openWorkspace, type E2eWorkspace } from "../support/e2e-workspace";
import { violationsOf } from "../support/accessibility";

const PLAIN = path.join(import.meta.dirname, "../fixtures/import/mem0.json");
const dialog = (page: Page): Locator => page.getByRole("dialog");
const press = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole("button", { name }).first().click();

interface Scene {
  readonly path: string;
  /** Brings the page into the state and answers what has to be seen in it. */
  readonly open: (page: Page) => Promise<Locator> | Locator;
}

let workspace: E2eWorkspace;
const tokens = { join: "", reset: "" };
test.beforeAll(async () => {
  workspace = await openWorkspace("Of dialogs");
  tokens.join = (await workspace.post("/invitations", { note: "Jo", role: "viewer" })).path;
  await comeIn("Ada");
  await comeIn("Bea");
  const { items } = await workspace.get("/people");
  // Ada gets another link on the way, which takes the place of an earlier one.
  const bea = items.find(({ name }: { readonly name: string }) => name === "Bea");
  tokens.reset = (await workspace.post(`/people/${bea.id}/password-reset`, {})).path;
});

async function comeIn(name: string): Promise<void> {
  const { secret } = await workspace.post("/invitations", { note: name, role: "curator" });
  const email = `${name.toLowerCase()}-${Date.now()}@example.org`;
  const answer = await fetch(`${E2E_ADDRESS}/api/session/invitation`, {
    method: "PUT",
    headers: { "content-type": "application/json", origin: E2E_ADDRESS },
    body: JSON.stringify({ token: secret, name, email, password: "four words are enough" }),
  });
  expect(answer.ok).toBe(true);
}

/** With an owner signed in. */
const dialogs: Readonly<Record<string, Scene>> = {
  "the invitation": {
    path: "/settings?tab=people",
    open: async (page) => {
      await press(page, "Invite");
      return dialog(page).getByLabel("Whom is it for?");
    },
  },
  "the link of an invitation": {
    path: "/settings?tab=people",
    open: async (page) => {
      await press(page, "Invite");
      await dialog(page).getByLabel("Whom is it for?").fill("Somebody");
      await dialog(page).getByRole("button", { name: "Make the link" }).click();
      return page.getByRole("heading", { name: /Hand this link to/ });
    },
  },
  "a link for a forgotten password": {
    path: "/settings?tab=people",
    open: async (page) => {
      await press(page, "Forgot password… Ada");
      await dialog(page).getByRole("button", { name: "Make the link" }).click();
      return page.getByRole("heading", { name: "Hand this link to Ada" });
    },
  },
  "a new key": {
    path: "/settings?tab=keys",
    open: async (page) => {
      await press(page, "New key");
      return dialog(page).getByLabel("Name");
    },
  },
  "a new webhook that is refused": {
    path: "/settings?tab=webhooks",
    open: async (page) => {
      await press(page, "New webhook");
      await dialog(page).getByLabel("Address").fill("http://169.254.169.254/latest");
      await dialog(page).getByRole("button", { name: "Make it" }).click();
      return dialog(page).getByRole("alert").first();
    },
  },
  "the preview of an import": {
    path: "/settings?tab=data",
    open: async (page) => {
      await page.getByLabel("File").setInputFiles(PLAIN);
      await press(page, "Dry run");
      return page.getByRole("region", { name: "The first memories of the file" });
    },
  },
};

/** With nobody signed in. */
const doors: Readonly<Record<string, () => Scene>> = {
  "an invitation": () => ({ path: tokens.join, open: (page) => page.getByLabel("Your name") }),
  "a new password that is too short": () => ({
    path: tokens.reset,
    open: async (page) => {
      await page.getByLabel("New password").fill("short");
      await press(page, "Set the password");
      return page.getByText(/use at least 12 characters/);
    },
  }),
  "a sign-in with a wrong password": () => ({
    path: "/login",
    open: async (page) => {
      await page.getByLabel("Email").fill("nobody@example.org");
      await page.getByLabel("Password", { exact: true }).fill("no such password");
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      return page.getByText(/No account here has this address/);
    },
  }),
  "a sign-in by a spent link": () => ({
    path: "/login?token=pal_login_spent",
    open: (page) => page.getByText(/This link does not sign in/),
  }),
  "a sign-in that a provider refused": () => ({
    path: "/login?problem=signup_disabled",
    open: (page) => page.getByText(/Nobody here has this account/),
  }),
};

async function expectNoViolation(page: Page, { path: address, open }: Scene): Promise<void> {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.goto(address);
  await expect(await open(page)).toBeVisible();
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
    const within = (await dialog(page).count()) > 0 ? "[role=dialog]" : "html";
    expect(await violationsOf(page, { within }), `in the ${theme} theme`).toEqual([]);
  }
}

for (const [name, scene] of Object.entries(dialogs))
  test(`${name} has no accessibility violation in either theme`, async ({ page }) => {
    await workspace.signIn(page);
    await expectNoViolation(page, scene);
  });

for (const [name, scene] of Object.entries(doors))
  test(`${name} has no accessibility violation in either theme`, ({ page }) =>
    expectNoViolation(page, scene()));
