import { expect, type Page } from "@playwright/test";
import { E2E_ADDRESS, E2E_ADMIN_KEY } from "./e2e-server";

/** A workspace that a file of browser tests has for itself, with the API beside the pages. */
export interface E2eWorkspace {
  readonly secret: string;
  readonly get: (path: string) => Promise<Answer>;
  readonly post: (path: string, body: unknown) => Promise<Answer>;
  readonly patch: (path: string, body: unknown) => Promise<Answer>;
  readonly signIn: (page: Page) => Promise<void>;
}

/** What the API answered; the tests read single fields of it. */
export type Answer = ReturnType<typeof JSON.parse>;

export async function openWorkspace(name: string): Promise<E2eWorkspace> {
  const made = await send("POST", "/workspaces", { secret: E2E_ADMIN_KEY, body: { name } });
  const secret: string = made.secret;
  return {
    secret,
    get: (path) => send("GET", path, { secret }),
    post: (path, body) => send("POST", path, { secret, body }),
    patch: (path, body) => send("PATCH", path, { secret, body }),
    signIn: async (page) => {
      const response = await page.request.post(`${E2E_ADDRESS}/api/session`, { data: { key: secret } });
      expect(response.ok()).toBe(true);
    },
  };
}

interface Sent {
  readonly secret: string;
  readonly body?: unknown;
}

/** Node's own fetch, because a request context of Playwright ends with the hook that made it. */
async function send(method: "GET" | "POST" | "PATCH", path: string, { secret, body }: Sent): Promise<Answer> {
  const response = await fetch(`${E2E_ADDRESS}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok)
    throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  return response.json();
}
