import { isDeepStrictEqual } from "node:util";
import { groupBy } from "@/lib/domain/group-by";
import { initial, stepAll } from "@/lib/domain/registers/registers";
import { ledgerReader } from "@/lib/store/ledger-reader";
import { targetKey, type Target } from "@/lib/domain/ledger/change";
import type { Tx } from "@/lib/store/prisma";

/** Targets whose stored registers are not the fold of their live changes; none, as long as the projection is right. */
export async function mismatchedTargets(tx: Tx, targets: readonly Target[]): Promise<Target[]> {
  const reader = ledgerReader(tx);
  const unique = [...new Map(targets.map((t) => [targetKey(t), t])).values()];
  const [stored, history] = [await reader.registers(unique), await reader.changesOf(unique)];
  const notLive = await reader.notLive(history.map((c) => c.id));
  const live = groupBy(
    history.filter((c) => !notLive.has(c.id)),
    (c) => targetKey(c.target),
  );
  return unique.filter((target) => {
    const folded = stepAll(initial(target.type), live.get(targetKey(target)) ?? []);
    return !isDeepStrictEqual(plain(stored.get(targetKey(target)) ?? initial(target.type)), plain(folded));
  });
}

/** As JSON keeps it: a field that is undefined is no field. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
