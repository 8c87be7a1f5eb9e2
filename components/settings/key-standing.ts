import type { ApiKey } from "./revoke-key-dialog";

export type KeyStanding = "valid" | "revoked" | "expired";

/** Whether a key opens the door. Before the clock is known, as on the server, only what was revoked is shut out. */
export function keyStanding(
  { revokedAt, expiresAt }: Pick<ApiKey, "revokedAt" | "expiresAt">,
  now: number | null,
): KeyStanding {
  if (revokedAt !== null) return "revoked";
  return expiresAt !== null && now !== null && Date.parse(expiresAt) <= now ? "expired" : "valid";
}
