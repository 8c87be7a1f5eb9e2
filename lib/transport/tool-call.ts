import { operations, type Operation } from "@/lib/contracts/operations";
import { requireScope } from "./admit";
import { counted } from "./meter";
import { isJson, perform } from "./perform";
import { Refusal } from "@/lib/domain/errors";
import { tools, type Tool, type ToolName } from "@/lib/contracts/tools";
import { unstorable } from "@/lib/contracts/storable";
import type { Context } from "@/lib/commands/context";

/** Carries a tool's operation out on arguments that the tool's schema has parsed: scope (403), shape (400), then the operation. */
export const callTool = (
  name: ToolName,
  ctx: Context,
  args: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> =>
  counted("tool", tools[name].operation, () => carryOut(name, ctx, args));

async function carryOut(
  name: ToolName,
  ctx: Context,
  args: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const tool: Tool = tools[name];
  const operation: Operation = operations[tool.operation];
  await requireScope(ctx, tool.operation, name);
  if (!isJson(tool.operation))
    throw new Error(`${tool.operation} answers with a stream and cannot be a tool`);
  const faults = unstorable(args);
  if (faults[0])
    throw new Refusal("invalid_input", `${faults[0].path}: ${faults[0].message}`, { fields: faults });
  const body = await perform(tool.operation, ctx, { ...named(tool, args), ...tool.fixed });
  const checked = operation.output.safeParse(body);
  if (!checked.success)
    throw new Error(`${tool.operation} answered against its contract: ${checked.error.message}`);
  return checked.data as Record<string, unknown>; // every output that is not a stream is an object
}

const named = ({ renamed = {} }: Tool, args: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(args).map(([key, value]) => [renamed[key] ?? key, value]));
