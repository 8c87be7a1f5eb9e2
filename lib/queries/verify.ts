import { digestOf } from "@/lib/store/digest";
import { emptyChain } from "@/lib/store/chain";
import { foldRegisters } from "@/lib/domain/ledger/fold";
import { inSnapshot } from "@/lib/store/snapshot";
import { ledgerPage } from "@/lib/store/ledger-pages";
import { readState, type State } from "@/lib/domain/ledger/state";
import { seqOf, type ChangeId } from "@/lib/domain/ids";
import { statusesOf } from "./verify-statuses";
import { projectionMismatches } from "./verify-projection";
import type { Asker, InputOf } from "./asker";
import type { Change } from "@/lib/domain/ledger/change";
import type { Tx } from "@/lib/store/prisma";
import type { verified } from "@/lib/contracts/transfer";

export type Verified = InputOf<typeof verified>;

/**
 * Recomputes everything that can be recomputed, from one snapshot: the chain of digests and the words under it, the fold of
 * the whole ledger by the oracle, and whether the projection is exactly that fold. It trusts no stored answer.
 */
export async function verify(ctx: Pick<Asker, "workspaceId">): Promise<Verified> {
  return inSnapshot(ctx.workspaceId, async (tx) => {
    const { changes, chain, head } = await followChain(tx);
    if (!isWellFounded(changes)) {
      const unknown = { ok: false, mismatches: [] };
      return { ok: false, head, chain, fold: { ok: false, digest: "", targets: 0 }, projection: unknown };
    }
    const statuses = statusesOf(changes);
    const registers = foldRegisters(changes.filter((c) => statuses.isLive(c.id)));
    const mismatches = await projectionMismatches(tx, { changes, registers, statuses });
    return {
      ok: chain.ok && mismatches.length === 0,
      head,
      chain,
      fold: { ok: true, digest: foldDigest(readState(registers)), targets: registers.size },
      projection: { ok: mismatches.length === 0, mismatches },
    };
  });
}

async function followChain(
  tx: Tx,
): Promise<{ changes: Change[]; chain: Verified["chain"]; head: Verified["head"] }> {
  const [row] = await tx.$queryRaw<{ headSeq: bigint; headDigest: Uint8Array }[]>`
    SELECT "headSeq", "headDigest" FROM "Workspace" WHERE "id" = current_setting('app.workspace')::uuid`;
  const head = { seq: Number(row?.headSeq ?? 0), digest: hex(row?.headDigest ?? new Uint8Array()) };
  const chain = emptyChain();
  const changes: Change[] = [];
  const bad: number[] = [];
  // One more than the head, so that a row smuggled in behind it is seen too.
  for (let after = seqOf(0); ; after = changes.at(-1)?.seq ?? after) {
    const page = await ledgerPage(tx, { after, upTo: seqOf(Number.MAX_SAFE_INTEGER) });
    if (page.length === 0) break;
    for (const link of page) {
      const { change, problem } = chain.follow(link);
      changes.push(change);
      if (problem !== null) bad.push(change.seq);
    }
  }
  bad.push(...chain.missingTexts());
  if (head.seq !== changes.length || head.digest !== hex(chain.digest()))
    bad.push(Math.min(head.seq, changes.length) + 1);
  const firstBad = bad.length === 0 ? null : Math.min(...bad);
  return { changes, head, chain: { ok: firstBad === null, checked: changes.length, firstBad } };
}

/** Liveness is defined only while dependencies and reverts point to earlier changes of the same ledger; else there is no fold. */
function isWellFounded(changes: readonly Change[]): boolean {
  const seen = new Set<ChangeId>();
  return changes.every((change) => {
    const needed = change.reverts === null ? change.dependsOn : [...change.dependsOn, change.reverts];
    const stands = needed.every((id) => seen.has(id));
    seen.add(change.id);
    return stands;
  });
}

/** One hash for a whole state; targets stand in the order of their ids, so equal states have equal digests everywhere. */
export function foldDigest(state: State): string {
  return digestOf({
    memories: Object.fromEntries(state.memories),
    relations: Object.fromEntries(state.relations),
    parameters: Object.fromEntries(state.parameters),
    // Ledgers from before there were such edits keep the digest that they had.
    ...(state.entities.size + state.edges.size === 0
      ? {}
      : { entities: Object.fromEntries(state.entities), edges: Object.fromEntries(state.edges) }),
  });
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
