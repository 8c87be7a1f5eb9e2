/** Values that are tried out and not yet set, as the address holds them: `recall.weight.utility=0.4;time.halfLife.fact=90`. */
export type Draft = Readonly<Record<string, number>>;

export function readDraft(text: string | null): Draft {
  const pairs = (text ?? "").split(";").flatMap((part) => {
    const [name = "", value = ""] = part.split("=");
    return name.includes(".") && value !== "" && Number.isFinite(Number(value))
      ? [[name, Number(value)] as const]
      : [];
  });
  return Object.fromEntries(pairs);
}

/** Null where nothing is drafted. */
export function writeDraft(draft: Draft): string | null {
  const parts = Object.entries(draft).map(([name, value]) => `${name}=${value}`);
  return parts.length === 0 ? null : parts.join(";");
}

/** A draft of the value that is in force is none. */
export function drafted(
  draft: Draft,
  parameter: { readonly name: string; readonly value: number },
  next: number,
): Draft {
  const { [parameter.name]: _gone, ...others } = draft;
  return next === parameter.value ? others : { ...others, [parameter.name]: next };
}

interface Known {
  readonly name: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
}

/** What of a draft can be set: of parameters that there are, within their range, and not in force already. */
export function settable<Parameter extends Known>(
  draft: Draft,
  parameters: readonly Parameter[],
): readonly { readonly parameter: Parameter; readonly next: number }[] {
  return parameters.flatMap((parameter) => {
    const next = draft[parameter.name];
    if (next === undefined || next === parameter.value) return [];
    return next >= parameter.min && next <= parameter.max ? [{ parameter, next }] : [];
  });
}
