import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { mkdir, open, readFile } from "node:fs/promises";
import path from "node:path";
import { env } from "@/lib/env";

const CIPHER = "aes-256-gcm";
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Of the form; a later one may use another cipher. */
const VERSION = 1;
const OWNER_ONLY = 0o600;

/** Beside the database and not in it, so that a copy of the database alone opens nothing. */
export const keyFile = (): string => path.join(env.dataDir, "secrets.key");

/** Encrypts a secret for keeping. `place` says whose it is; in another place it does not open. */
export async function seal(secret: string, place: string): Promise<Uint8Array<ArrayBuffer>> {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, await sealingKey(), nonce).setAAD(Buffer.from(place));
  const text = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return new Uint8Array(Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag(), text]));
}

/** Fails when it was sealed with another key, for another place, or was changed since. */
export async function unseal(sealed: Uint8Array, place: string): Promise<string> {
  const bytes = Buffer.from(sealed);
  const nonce = bytes.subarray(1, 1 + NONCE_BYTES);
  const tag = bytes.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv(CIPHER, await sealingKey(), nonce).setAAD(Buffer.from(place));
  decipher.setAuthTag(tag);
  const text = bytes.subarray(1 + NONCE_BYTES + TAG_BYTES);
  return Buffer.concat([decipher.update(text), decipher.final()]).toString("utf8");
}

/** A secret for one purpose, always the same with the same key file, that tells nothing of the key itself. */
export async function secretFor(purpose: string): Promise<string> {
  return Buffer.from(hkdfSync("sha256", await sealingKey(), "", purpose, KEY_BYTES)).toString("base64url");
}

async function sealingKey(): Promise<Buffer> {
  await mkdir(env.dataDir, { recursive: true });
  await makeKey().catch((error: unknown) => {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  });
  const key = Buffer.from((await readFile(keyFile(), "utf8")).trim(), "base64");
  if (key.length !== KEY_BYTES) throw new Error(`${keyFile()} does not hold a key of ${KEY_BYTES} bytes`);
  return key;
}

/** Only whoever creates the file writes a key into it; everybody else reads that one. */
async function makeKey(): Promise<void> {
  const file = await open(keyFile(), "wx", OWNER_ONLY);
  try {
    await file.writeFile(`${randomBytes(KEY_BYTES).toString("base64")}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}
