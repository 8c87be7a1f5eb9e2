import { isKnownForm } from "@/lib/domain/ids";
import { OPS, TARGET_TYPES } from "@/lib/domain/ledger/change";
import type { Link } from "./chain";

/** What an export begins with. */
export interface ExportHead {
  readonly seq: number;
  readonly digest: string;
}

/** One part of an epoch's statistics; they can be longer than a line may be. */
export interface EpochPart {
  readonly id: string;
  readonly seq: number;
  readonly createdAt: string;
  readonly part: number;
  readonly parts: number;
  readonly statistics: string;
}

export type ExportLine =
  | { readonly type: "palimpsest"; readonly head: ExportHead }
  | { readonly type: "change"; readonly link: Link }
  | { readonly type: "epoch"; readonly epoch: EpochPart };

type Fields = Readonly<Record<string, unknown>>;
const FORMAT_VERSION = 1;

/** One line of our own NDJSON, checked as far as the digest that follows cannot; a text says what is wrong with it. */
export function readLine(text: string): ExportLine | string {
  const fields = parse(text);
  if (fields === null) return "is not a JSON object";
  switch (fields["type"]) {
    case "palimpsest":
      return readHead(fields);
    case "change":
      return readChange(fields);
    case "epoch":
      return readEpoch(fields);
    default:
      return "is no part of an export: its `type` is none of palimpsest, change, epoch";
  }
}

function readHead({ version, head }: Fields): ExportLine | string {
  if (version !== FORMAT_VERSION)
    return `has version ${String(version)}; this program reads version ${FORMAT_VERSION}`;
  if (!isFields(head) || !isNumber(head["seq"]) || !isHex(head["digest"]))
    return "has no `head` with seq and digest";
  return { type: "palimpsest", head: { seq: head["seq"], digest: head["digest"] } };
}

function readChange(fields: Fields): ExportLine | string {
  const wrong = Object.entries(COLUMNS).find(([name, isRight]) => !isRight(fields[name]));
  if (wrong !== undefined) return `has no proper \`${wrong[0]}\``;
  // Each column has just been checked.
  const c = fields as Record<"salt" | "textHmac" | "digest" | "at", string> & Fields;
  const bytes = (value: unknown) =>
    typeof value === "string" ? new Uint8Array(Buffer.from(value, "hex")) : null;
  const link = {
    ...c,
    at: new Date(c.at),
    salt: bytes(c.salt),
    textHmac: bytes(c.textHmac),
    digest: bytes(c.digest),
  };
  // The other columns have the form in which they are stored.
  return { type: "change", link: link as unknown as Link };
}

function readEpoch(fields: Fields): ExportLine | string {
  const { id, seq, createdAt, part, parts, statistics } = fields;
  if (
    !isText(id) ||
    !isNumber(seq) ||
    !isTime(createdAt) ||
    !isNumber(part) ||
    !isNumber(parts) ||
    !isText(statistics)
  )
    return "is not a part of an epoch";
  return { type: "epoch", epoch: { id, seq, createdAt, part, parts, statistics } };
}

function parse(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : null;
  } catch {
    return null;
  }
}

const HEX = /^([0-9a-f]{2})+$/;
const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === "string" && !value.includes("\u0000");
const isNumber = (value: unknown): value is number => Number.isSafeInteger(value);
const isHex = (value: unknown): value is string => typeof value === "string" && HEX.test(value);
const isId = (value: unknown): boolean => typeof value === "string" && isKnownForm(value);
const isTime = (value: unknown): value is string =>
  typeof value === "string" && !Number.isNaN(Date.parse(value));
const isIds = (value: unknown): boolean => Array.isArray(value) && value.every(isId);
const orNull = (isRight: (value: unknown) => boolean) => (value: unknown) => value === null || isRight(value);
const oneOf = (list: readonly string[]) => (value: unknown) => list.some((one) => one === value);
const isSupport = (value: unknown): boolean =>
  isFields(value) &&
  Array.isArray(value["terms"]) &&
  value["terms"].every((t) => isFields(t) && isId(t["change"]));

const COLUMNS: Readonly<Record<string, (value: unknown) => boolean>> = {
  seq: isNumber,
  id: isId,
  at: isTime,
  op: oneOf(OPS),
  targetType: oneOf(TARGET_TYPES),
  targetId: isId,
  actor: isText,
  cause: isFields,
  groupId: isId,
  cycleId: orNull(isId),
  payload: isFields,
  textHmac: orNull(isHex),
  dependsOn: isIds,
  support: orNull(isSupport),
  reverts: orNull(isId),
  origin: orNull(isText),
  session: orNull(isText),
  digest: isHex,
  salt: orNull(isHex),
  texts: orNull(isFields),
};
