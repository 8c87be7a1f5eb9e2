import { requireScope } from "./admit";
import { counted } from "./meter";
import { operations, type Operation } from "@/lib/contracts/operations";
import { parseInput } from "./input";
import { perform, type JsonId } from "./perform";
import type { Context } from "@/lib/commands/context";

export type AnswerOf<Id extends JsonId> = ReturnType<(typeof operations)[Id]["output"]["parse"]>;

export interface Parts {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/**
 * Carries an operation out for a surface that speaks other words than ours, with every check that REST makes: scope (403),
 * shape (400), then the operation (404, 409, 422), then its answer against the contract.
 */
export const callOperation = <Id extends JsonId>(ctx: Context, id: Id, parts: Parts): Promise<AnswerOf<Id>> =>
  counted("drop-in", id, () => carryOut(ctx, id, parts));

async function carryOut<Id extends JsonId>(
  ctx: Context,
  id: Id,
  { params = {}, query = {}, body }: Parts,
): Promise<AnswerOf<Id>> {
  const operation: Operation = operations[id];
  await requireScope(ctx, id);
  const input = parseInput(id, { params, query, bodyText: body === undefined ? null : JSON.stringify(body) });
  const checked = operation.output.safeParse(await perform(id, ctx, input));
  if (!checked.success) throw new Error(`${id} answered against its contract: ${checked.error.message}`);
  return checked.data as AnswerOf<Id>; // parsed by the schema of this very operation
}
