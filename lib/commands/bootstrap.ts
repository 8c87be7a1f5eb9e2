import { findKey, firstWorkspace, insertKey, insertWorkspace } from "@/lib/store/access";
import { brand, millis, type WorkspaceId } from "@/lib/domain/ids";
import { env } from "@/lib/env";
import { newPlainId } from "./context";
import { SCOPES } from "@/lib/domain/access";

/** The workspace a new installation starts with; made once, also when two processes ask at the same moment. */
const FIRST_WORKSPACE = "00000000-0000-7000-8000-000000000001";

export async function ensureFirstWorkspace(): Promise<WorkspaceId> {
  const existing = await firstWorkspace();
  if (existing !== null) return brand<WorkspaceId>(existing.id);
  await insertWorkspace({ id: FIRST_WORKSPACE, name: "Memory", createdAt: millis(Date.now()) }).catch(
    ifAlreadyThere,
  );
  return brand<WorkspaceId>(FIRST_WORKSPACE);
}

/** Makes the key of PALIMPSEST_ADMIN_KEY the owner's key of the first workspace, once. */
export async function ensureFirstOwner(): Promise<void> {
  const secret = env.adminKey;
  if (secret === null || (await findKey(secret)) !== null) return;
  const workspaceId = await ensureFirstWorkspace();
  const key = {
    id: newPlainId(),
    workspaceId,
    name: "Bootstrap owner",
    scopes: SCOPES,
    trust: "owner" as const,
    installation: true,
    createdAt: millis(Date.now()),
    expiresAt: null,
    secret,
  };
  await insertKey(key).catch(ifAlreadyThere);
}

/** Unique violation: another process was a moment faster, and what it made is what we wanted. */
const UNIQUE_VIOLATION = "P2002";
function ifAlreadyThere(error: unknown): void {
  if (error instanceof Error && "code" in error && error.code === UNIQUE_VIOLATION) return;
  throw error;
}
