import { env } from "@/lib/env";
import { Refusal } from "@/lib/domain/errors";
import type { Origin } from "@/lib/commands/context";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Refuses names that are not ours, so that a page elsewhere cannot reach a local server by pointing its own name at this
 * machine (DNS rebinding). A server bound to other than loopback was opened on purpose and may have any name.
 */
export function requireKnownHost(request: Request): void {
  const host = request.headers.get("host") ?? new URL(request.url).host;
  const name = host.replace(/:\d+$/u, "").toLowerCase();
  const bound = env.host.includes(":") ? `[${env.host}]` : env.host;
  const isPublicName = env.publicUrl !== null && new URL(env.publicUrl).hostname === name;
  if (LOOPBACK.has(name) || name === bound || !LOOPBACK.has(bound) || isPublicName) return;
  throw new Refusal(
    "misdirected",
    `This server answers to ${[...LOOPBACK].join(", ")}, not to ${JSON.stringify(name)}.`,
  );
}

/** The last entry is the one that our server, or the proxy before it, saw itself. */
export const addressOf = (request: Request): string =>
  request.headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "unknown";

export const originOfCaller = (request: Request): Origin => ({
  address: addressOf(request),
  agent: request.headers.get("user-agent"),
});

/** Whether the browser came by HTTPS, to us or to the proxy before us. */
export const isSecure = (request: Request): boolean => publicOriginOf(request).startsWith("https:");

/** Scheme, host and port that people use: as configured, else as this request has it. */
export function publicOriginOf(request: Request): string {
  if (env.publicUrl !== null) return new URL(env.publicUrl).origin;
  const url = new URL(request.url);
  const scheme =
    request.headers.get("x-forwarded-proto")?.split(",").at(0)?.trim() === "https" ? "https:" : url.protocol;
  return `${scheme}//${request.headers.get("host") ?? url.host}`;
}
