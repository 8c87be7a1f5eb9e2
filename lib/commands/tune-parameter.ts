import { append } from "@/lib/store/append";
import { draft } from "@/lib/domain/ledger/draft";
import { draftHead, envelope, type Context } from "./context";
import { isParameterName, PARAMETERS, type ParameterName } from "@/lib/domain/parameters";
import { parametersOut } from "@/lib/queries/parameters";
import { Refusal } from "@/lib/domain/errors";
import { notFound, WORKSPACE_TARGET } from "@/lib/domain/ids";
import { writtenChanges } from "@/lib/queries/written";

/** Tunes one parameter inside its range; reverting the change puts the previous live value in force. */
export async function tuneParameter(
  ctx: Context,
  input: {
    readonly name: string;
    readonly value: number;
    readonly reason?: string | undefined;
    readonly expectedSeq?: number | undefined;
  },
) {
  const { name, value } = input;
  if (!isParameterName(name)) throw notFound("parameter", name);
  requireRange(name, value);
  const by = envelope(ctx, { reason: input.reason });
  return append(ctx, {
    decide: async (locked) => {
      const [now] = await parametersOut(locked.tx, [name]);
      if (input.expectedSeq !== undefined && now !== undefined && now.seq > input.expectedSeq) {
        throw new Refusal(
          "conflict",
          `${name} was tuned at seq ${now.seq}, after the seq ${input.expectedSeq} you expected. Read it again.`,
          { extra: { seq: now.seq } },
        );
      }
      return now?.value === value ? [] : [draft.tune(draftHead(by), WORKSPACE_TARGET, { name, value })];
    },
    answer: async (done, tx) => {
      const [parameter] = await parametersOut(tx, [name]);
      if (!parameter) throw notFound("parameter", name);
      return { parameter, changes: await writtenChanges(tx, done) };
    },
  });
}

function requireRange(name: ParameterName, value: number): void {
  const { min, max, unit } = PARAMETERS[name];
  if (value >= min && value <= max) return;
  throw new Refusal("invalid_input", `${name} takes ${min} to ${max} (${unit}).`, {
    fields: [{ path: "value", message: `is ${value}; give a number from ${min} to ${max}` }],
  });
}
