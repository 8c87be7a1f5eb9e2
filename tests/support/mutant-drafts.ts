/** Defective drafting: what is appended is not what was asked for. */
import type { Change, Draft } from "@/lib/domain/ledger/change";
import type { ChangeId } from "@/lib/domain/ids";
import type { LedgerReader } from "@/lib/domain/ledger/reader";

export async function dependOnNewest(reader: LedgerReader, drafts: readonly Draft[]): Promise<Draft[]> {
  return Promise.all(
    drafts.map(async (d) => {
      if (d.reverts === null) return d;
      const history = (await reader.changesOf([d.target])).filter(
        (c) => c.reverts === null && c.id !== d.reverts,
      );
      const notLive = await reader.notLive(history.map((c) => c.id));
      const newest = history.findLast((c) => !notLive.has(c.id));
      return newest === undefined ? d : { ...d, dependsOn: [newest.id] };
    }),
  );
}

export async function wholeGroup(reader: LedgerReader, drafts: readonly Draft[]): Promise<Draft[]> {
  const { all } = reader as unknown as { all: readonly Change[] };
  return drafts.flatMap((d) => {
    const group = all.find((c) => c.id === d.reverts)?.groupId;
    const others = all.filter((c) => c.groupId === group && c.id !== d.reverts && c.op !== "purge");
    const more = others.map(
      (c, i): Draft => ({ ...d, id: `${d.id}-${i}` as ChangeId, target: c.target, reverts: c.id }) as Draft,
    );
    return [d, ...more];
  });
}

type Shares = Extract<Draft, { op: "observe" }>["payload"]["shares"];
export const withShares = (d: Draft, change: (shares: NonNullable<Shares>) => Shares): Draft =>
  d.op === "observe" && d.payload.shares !== null
    ? { ...d, payload: { ...d.payload, shares: change(d.payload.shares) } }
    : d;

export const roundedDown = (shares: NonNullable<Shares>): Shares =>
  Object.fromEntries(
    Object.entries(shares).map(([leaf, [a, b]]) => [
      leaf,
      [Math.floor(a / 10) * 10, Math.floor(b / 10) * 10],
    ]),
  );
