import type { Gate, ProposalDraft, TuningKind } from "@/lib/domain/cycle/proposal";
import type { ParameterName } from "@/lib/domain/parameters";

export interface Tuning {
  readonly kind: TuningKind;
  readonly title: string;
  readonly why: string;
  readonly values: readonly {
    readonly name: ParameterName;
    readonly before: number;
    readonly value: number;
  }[];
  readonly gate: Gate;
  /** How sure it is; its gate has decided already, so 1 is the rule. */
  readonly certainty?: number;
  readonly predicted?: { readonly ndcgDelta: number; readonly interval: readonly [number, number] };
}

/** A proposal to tune parameters: the same `tune` changes that a person makes, and as easily taken back. */
export function tuningDraft({
  kind,
  title,
  why,
  values,
  gate,
  certainty = 1,
  predicted,
}: Tuning): ProposalDraft {
  const told = (pick: "before" | "value") =>
    Object.fromEntries(values.map((v) => [v.name, rounded(v[pick])]));
  return {
    kind,
    title,
    why,
    gate,
    certainty,
    support: null,
    uses: 0,
    targets: values.map(({ name }) => ({ type: "parameter" as const, id: name, label: name })),
    before: told("before"),
    after: told("value"),
    payload: { values: values.map((v) => ({ ...v, value: rounded(v.value) })) },
    ...(predicted ? { predicted } : {}),
  };
}

/** Four digits are more than any of these can be learned to. */
export const rounded = (value: number): number => Number(value.toPrecision(DIGITS));
const DIGITS = 4;
