import { ensureFirstOwner, ensureFirstWorkspace } from "./bootstrap";
import { insertLoginToken } from "@/lib/store/access";
import { millis } from "@/lib/domain/ids";

/** Long enough to find the terminal again, short enough that an old log is worth nothing. */
const LIFETIME_MS = 24 * 60 * 60 * 1000;

/** A token for the sign-in link that `npm start` prints; it works once and opens the first workspace as its owner. */
export async function issueLoginToken(): Promise<string> {
  await ensureFirstOwner();
  return insertLoginToken(await ensureFirstWorkspace(), millis(Date.now() + LIFETIME_MS));
}
