import { createHash, createHmac } from "node:crypto";
import canonicalize from "canonicalize";
import { objectOf, type Change } from "@/lib/domain/ledger/change";
import type { TextParts } from "./texts";

/**
 * The hash chain. Each digest covers the digest before it, the seq, and the change's canonical form (RFC 8785), in which
 * texts stand as one HMAC under a random salt: destroying salt and texts leaves the chain whole, and a short text cannot
 * be guessed from it.
 */
export const EMPTY_DIGEST: Uint8Array<ArrayBuffer> = new Uint8Array(
  createHash("sha256").update("palimpsest ledger 1").digest(),
);

export const SALT_BYTES = 16;

export function textHmac(
  salt: Uint8Array,
  texts: Readonly<Record<string, unknown>>,
): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHmac("sha256", salt).update(canonical(texts)).digest());
}

/** A change's texts apart from the rest, and the HMAC that stands for them; null when it has none. */
export interface Sealed {
  readonly parts: TextParts;
  readonly hmac: Uint8Array | null;
}

export function chainDigest(
  previous: Uint8Array,
  change: Change,
  { parts, hmac }: Sealed,
): Uint8Array<ArrayBuffer> {
  const body = canonical({
    seq: change.seq,
    id: change.id,
    at: change.at,
    op: change.op,
    target: `${change.target.type}:${change.target.id}`,
    object: objectOf(change),
    actor: change.actor,
    cause: parts.cause,
    groupId: change.groupId,
    cycleId: change.cycleId,
    payload: parts.payload,
    text: hmac === null ? null : Buffer.from(hmac).toString("hex"),
    dependsOn: change.dependsOn,
    support: change.support,
    reverts: change.reverts,
    origin: change.origin,
    session: change.session,
  });
  return new Uint8Array(createHash("sha256").update(previous).update(body).digest());
}

/** sha-256 of a value's canonical JSON, as hex: equal states have equal digests on every machine. */
export const digestOf = (value: unknown): string =>
  createHash("sha256").update(canonical(value)).digest("hex");

export const sha256 = (text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash("sha256").update(text).digest());

function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error("a value without a canonical form reached the ledger");
  return text;
}
