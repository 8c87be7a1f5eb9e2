import { BlockList, isIP, isIPv6 } from "node:net";
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

/** Where a proxy of ours stands: this machine and private networks. */
const OURS = new BlockList();
for (const [network, prefix, family] of [
  ["127.0.0.0", 8, "ipv4"],
  ["10.0.0.0", 8, "ipv4"],
  ["172.16.0.0", 12, "ipv4"],
  ["192.168.0.0", 16, "ipv4"],
  ["::1", 128, "ipv6"],
  ["fc00::", 7, "ipv6"],
] as const)
  OURS.addSubnet(network, prefix, family);

const IPV4_IN_IPV6 = /^::ffff:/iu;

const isOurs = (address: string): boolean => OURS.check(address, isIPv6(address) ? "ipv6" : "ipv4");

/**
 * Each hop notes whom it saw, the last entry is what our own socket saw. Proxies of ours are gone past; whoever came to the first of
 * them wrote the entries before its own address, so those prove nothing.
 */
export function addressOf(request: Request): string {
  const hops = (request.headers.get("x-forwarded-for") ?? "")
    .split(",")
    .map((hop) => hop.trim().replace(IPV4_IN_IPV6, ""))
    .filter((hop) => isIP(hop) !== 0);
  return hops.findLast((hop) => !isOurs(hop)) ?? hops.at(0) ?? "unknown";
}

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
