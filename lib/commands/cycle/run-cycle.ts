import { Refusal } from "@/lib/domain/errors";
import type { Context } from "@/lib/commands/context";

export function runCycle(_ctx: Context, _input: { readonly dryRun?: boolean | undefined; readonly reason?: string | undefined }): Promise<never> {
  throw new Refusal("unavailable", "Improvement cycles cannot run in this build yet.");
}
