import { createHmac, randomBytes } from "node:crypto";
import { env } from "@/lib/env";
import { hostOf, isTimeout, post, requireAllowed, RefusedAddress, type Resolve } from "@/lib/network/post";
import { iso } from "@/lib/queries/memory-out";
import { isAllowed, isLoopback, type Reach } from "@/lib/network/address-rules";
import { Refusal } from "@/lib/domain/errors";
import { seal, unseal } from "@/lib/store/sealed";
import type { Attempt, DeliveryRow, WebhookRow } from "@/lib/store/webhooks";
import type { Millis, WorkspaceId } from "@/lib/domain/ids";

const SECRET_BYTES = 32;
const PREFIX = "whsec_";
const MS_PER_SECOND = 1000;
const MOST_BYTES = 4096;

export const newWebhookSecret = (): string => PREFIX + randomBytes(SECRET_BYTES).toString("base64");

const placeOf = (workspaceId: WorkspaceId, id: string): string => `webhook ${workspaceId} ${id}`;
export const sealSecret = (secret: string, workspaceId: WorkspaceId, id: string) =>
  seal(secret, placeOf(workspaceId, id));

/** By Standard Webhooks: a MAC over id, time in seconds and body, so that none of them can be changed or sent again later. */
export function signatureOf(
  secret: string,
  message: { readonly id: string; readonly seconds: number; readonly body: string },
): string {
  const key = Buffer.from(secret.slice(PREFIX.length), "base64");
  const mac = createHmac("sha256", key).update(`${message.id}.${message.seconds}.${message.body}`);
  return `v1,${mac.digest("base64")}`;
}

/** A server that others can reach must not be made to knock on its own doors. */
function webhookReach(): Reach {
  const isLocal = env.host === "localhost" || isLoopback(env.host);
  return isLocal ? "public or loopback" : "public";
}

/** Refuses a URL that no message could be sent to. */
export async function requireWebhookUrl(text: string): Promise<void> {
  const url = new URL(text);
  const problem = (await problemWith(url)) ?? null;
  if (problem !== null)
    throw new Refusal("invalid_input", problem, { fields: [{ path: "url", message: problem }] });
}

async function problemWith(url: URL): Promise<string | null> {
  if (url.username !== "" || url.password !== "")
    return "A webhook's URL holds no password: the messages are signed.";
  const isHere = hostOf(url) === "localhost" || isLoopback(hostOf(url));
  if (url.protocol !== "https:" && !(isHere && isAllowed("127.0.0.1", webhookReach())))
    return "A webhook needs https, or http to this machine while the server is reachable from this machine alone.";
  try {
    await requireAllowed(url, webhookReach());
    return null;
  } catch (error) {
    if (error instanceof RefusedAddress) return `${error.message}. Webhooks go to public addresses.`;
    throw error;
  }
}

export interface Sending {
  readonly workspaceId: WorkspaceId;
  readonly hook: Pick<WebhookRow, "id" | "url" | "secret">;
  readonly delivery: Pick<DeliveryRow, "id" | "event" | "at" | "data">;
  readonly now: () => Millis;
  readonly timeoutMs: number;
  readonly resolve?: Resolve | undefined;
}

/** One attempt; whatever goes wrong is what it came to. */
export async function sendMessage(sending: Sending): Promise<Attempt> {
  const started = sending.now();
  const outcome = await attempt(sending, Math.floor(started / MS_PER_SECOND)).catch((error: unknown) => ({
    status: null,
    error: wordsOf(error, sending),
  }));
  return { at: iso(started), ...outcome, tookMs: Math.max(0, sending.now() - started) };
}

async function attempt({ workspaceId, hook, delivery, timeoutMs, resolve }: Sending, seconds: number) {
  const { id, event, at, data } = delivery;
  const secret = await unseal(hook.secret, placeOf(workspaceId, hook.id)).catch(() => {
    throw new Error(
      "the signing secret cannot be opened with this server's secrets.key; make a new one with rotateSecret",
    );
  });
  const body = JSON.stringify({ type: event, timestamp: iso(at.getTime()), workspaceId, data });
  const signature = signatureOf(secret, { id, seconds, body });
  const headers = {
    "content-type": "application/json",
    "user-agent": "palimpsest-webhooks",
    "webhook-id": id,
    "webhook-timestamp": String(seconds),
    "webhook-signature": signature,
  };
  const { status } = await post({
    url: hook.url,
    headers,
    body,
    timeoutMs,
    reach: webhookReach(),
    mostBytes: MOST_BYTES,
    ...(resolve === undefined ? {} : { resolve }),
  });
  return { status, error: isSuccess(status) ? null : `status ${status}` };
}

const LOWEST_SUCCESS = 200;
const BEYOND_SUCCESS = 300;
export const isSuccess = (status: number | null): boolean =>
  status !== null && status >= LOWEST_SUCCESS && status < BEYOND_SUCCESS;

function wordsOf(error: unknown, { timeoutMs }: Sending): string {
  if (isTimeout(error)) return `no answer within ${timeoutMs} ms`;
  return error instanceof Error ? error.message : String(error);
}
