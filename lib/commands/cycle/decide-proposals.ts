import { notFound } from "@/lib/domain/ids";
import type { Context } from "@/lib/commands/context";

export function decideProposals(_ctx: Context, { id }: { readonly id: string }): Promise<never> {
  throw notFound("cycle", id);
}
