/** The refusals the domain and its commands can utter; each surface maps the code once (RFC 9457 on REST). */
export const REFUSAL_CODES = [
  "invalid_input",
  "unauthenticated",
  "forbidden",
  "not_found",
  "conflict",
  "erased",
  "too_large",
  "not_reversible",
  "rate_limited",
  "misdirected",
  "internal",
  "unavailable",
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

export interface FieldProblem {
  /** JSON path of the offending field, e.g. `items[3].content`. */
  readonly path: string;
  /** What is wrong and the remedy. */
  readonly message: string;
}

/** An expected refusal: the caller did something that cannot be done, and is told what and why. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly fields: readonly FieldProblem[];
  /** Further members of the problem document, e.g. the change that moved a target. */
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(
    code: RefusalCode,
    detail: string,
    more: { fields?: readonly FieldProblem[]; extra?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(detail);
    this.name = "Refusal";
    this.code = code;
    this.fields = more.fields ?? [];
    this.extra = more.extra ?? {};
  }
}

/** Ends an exhaustive switch: a new member of a union that is not handled does not compile. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
