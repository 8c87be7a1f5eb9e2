import type { APIRequestContext, BrowserContext } from "@playwright/test";

import { E2E_ADDRESS, E2E_ADMIN_KEY } from "./e2e-server";

/** A workspace of one spec file's own, so that files running at the same time never see each other's memories. */
export interface OwnWorkspace {
  readonly key: string;
}

export async function ownWorkspace(request: APIRequestContext, name: string): Promise<OwnWorkspace> {
  const answer = await request.post(`${E2E_ADDRESS}/api/v1/workspaces`, {
    headers: { authorization: `Bearer ${E2E_ADMIN_KEY}` },
    data: { name },
  });
  if (!answer.ok()) throw new Error(`No workspace was made: ${answer.status()} ${await answer.text()}`);
  const { secret } = await answer.json();
  return { key: String(secret) };
}

/** Gives the browser the session a person has after signing in with a key. */
export async function signIn(context: BrowserContext, { key }: OwnWorkspace): Promise<void> {
  const answer = await context.request.post(`${E2E_ADDRESS}/api/session`, {
    headers: { origin: E2E_ADDRESS },
    data: { key },
  });
  if (!answer.ok()) throw new Error(`Not signed in: ${answer.status()} ${await answer.text()}`);
}

/** A request to the API as this workspace's owner. */
export async function ask(
  request: APIRequestContext,
  { key }: OwnWorkspace,
  asked: { readonly method: "GET" | "POST" | "PATCH"; readonly path: string; readonly data?: unknown },
) {
  const answer = await request.fetch(`${E2E_ADDRESS}/api/v1${asked.path}`, {
    method: asked.method,
    headers: { authorization: `Bearer ${key}` },
    ...(asked.data === undefined ? {} : { data: asked.data }),
  });
  if (!answer.ok()) throw new Error(`${asked.path}: ${answer.status()} ${await answer.text()}`);
  return answer.json();
}
