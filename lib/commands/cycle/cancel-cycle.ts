import { notFound } from "@/lib/domain/ids";
import type { Context } from "@/lib/commands/context";

export function cancelCycle(_ctx: Context, { id }: { readonly id: string }): Promise<never> {
  throw notFound("cycle", id);
}
