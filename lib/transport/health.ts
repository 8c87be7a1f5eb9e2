import { ledgerHeads } from "@/lib/store/heads";
import packageJson from "@/package.json";

/** Liveness: answers also while the database does not, and then says so with 503. */
export async function healthResponse(): Promise<Response> {
  const heads = await ledgerHeads().catch(() => null);
  const body = {
    status: heads === null ? "failing" : "ok",
    version: packageJson.version,
    database: heads === null ? "failing" : "ok",
    ledger: heads === null ? null : { head: heads.ledger },
    projection: heads === null ? null : { head: heads.projection },
  };
  return new Response(JSON.stringify(body), {
    status: heads === null ? 503 : 200,
    headers: { "content-type": "application/json", "cache-control": "no-store" },
  });
}
