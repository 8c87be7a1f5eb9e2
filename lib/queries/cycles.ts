import { notFound } from "@/lib/domain/ids";
import type { Asker } from "./asker";

export const listCycles = (_ctx: Asker) => Promise.resolve({ items: [], nextCursor: null, total: 0, timer: { on: false, intervalMinutes: 0, nextAt: null } });

export function getCycle(_ctx: Asker, { id }: { readonly id: string }): Promise<never> {
  throw notFound("cycle", id);
}
