import { randomBytes } from "node:crypto";
import { Prisma } from "@/lib/store/generated/client";
import { chainDigest, SALT_BYTES, textHmac } from "./digest";
import { changeRow } from "./change-row";
import { chunks } from "./chunks";
import { separate } from "./texts";
import type { Change } from "@/lib/domain/ledger/change";
import type { Tx } from "./prisma";
import type { WorkspaceId } from "@/lib/domain/ids";

/** Rows of one append, which are inserted together, and the digest of the last. */
interface Chained {
  readonly rows: readonly object[];
  readonly texts: readonly object[];
  readonly digest: Uint8Array<ArrayBuffer>;
}

/** Changes as rows to be inserted, each with the digest that ties it to the one before it, from the digest `previous` on. */
export function chained(
  workspaceId: WorkspaceId,
  previous: Uint8Array<ArrayBuffer>,
  changes: readonly Change[],
): Chained {
  let digest = previous;
  const texts: object[] = [];
  const rows = changes.map((change) => {
    const parts = separate(change);
    const salt = parts.texts === null ? null : randomBytes(SALT_BYTES);
    const hmac = parts.texts === null || salt === null ? null : textHmac(salt, parts.texts);
    digest = chainDigest(digest, change, { parts, hmac });
    if (salt !== null) texts.push({ workspaceId, seq: change.seq, salt: hex(salt), texts: parts.texts });
    return changeRow(workspaceId, change, {
      cause: parts.cause,
      payload: parts.payload,
      textHmac: hmac === null ? null : hex(hmac),
      digest: hex(digest),
    });
  });
  return { rows, texts, digest };
}

/** Adds them to the ledger. Called by `append` alone, under the lock under which their seqs were given out. */
export async function insertChained(tx: Tx, { rows, texts }: Chained): Promise<void> {
  await Promise.all([
    ...[...chunks(rows)].map((part) => insertRows(tx, part)),
    ...[...chunks(texts)].map((part) => insertTexts(tx, part)),
  ]);
}

async function insertTexts(tx: Tx, texts: readonly object[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "ChangeText" ("workspaceId", "seq", "salt", "texts")
    SELECT t."workspaceId", t."seq", decode(t."salt", 'hex'), t."texts"
    FROM jsonb_to_recordset(${JSON.stringify(texts)}::jsonb) AS t("workspaceId" uuid, "seq" bigint, "salt" text, "texts" jsonb)`;
}

async function insertRows(tx: Tx, rows: readonly object[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "Change" (${COLUMNS})
    SELECT r."workspaceId", r."seq", r."id", r."at", r."op", r."targetType", r."targetId", r."objectId", r."actor", r."cause", r."groupId", r."cycleId",
      r."payload", decode(r."textHmac", 'hex'), r."dependsOn", r."crossDependency", r."support", r."supportIds", r."reverts", r."origin", r."session",
      decode(r."digest", 'hex')
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r("workspaceId" uuid, "seq" bigint, "id" uuid, "at" timestamptz, "op" text, "targetType" text,
      "targetId" uuid, "objectId" uuid, "actor" text, "cause" jsonb, "groupId" uuid, "cycleId" uuid, "payload" jsonb, "textHmac" text, "dependsOn" uuid[],
      "crossDependency" boolean, "support" jsonb, "supportIds" uuid[], "reverts" uuid, "origin" text, "session" text, "digest" text)`;
}

const COLUMNS = Prisma.raw(
  [
    "workspaceId",
    "seq",
    "id",
    "at",
    "op",
    "targetType",
    "targetId",
    "objectId",
    "actor",
    "cause",
    "groupId",
    "cycleId",
    "payload",
    "textHmac",
    "dependsOn",
    "crossDependency",
    "support",
    "supportIds",
    "reverts",
    "origin",
    "session",
    "digest",
  ]
    .map((c) => `"${c}"`)
    .join(", "),
);

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
