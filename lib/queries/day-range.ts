import { CONSTANTS } from "@/lib/domain/parameters";
import { iso } from "./memory-out";
import { millis, type Millis, type Seq } from "@/lib/domain/ids";
import { Refusal } from "@/lib/domain/errors";
import { seqsAt } from "./seq-at";
import { timeOf } from "@/lib/domain/time";
import type { Asker, InputOf } from "./asker";
import type { range as input } from "@/lib/contracts/metrics";
import type { Tx } from "@/lib/store/prisma";

/** A range of whole days in UTC, and the stretch of the ledger that falls into it. */
export interface DayRange {
  /** Beginning of the first day, and the last moment asked for. */
  readonly from: Millis;
  readonly to: Millis;
  /** `2026-10-01` …, every day of the range, whether anything happened on it or not. */
  readonly days: readonly string[];
  /** The changes of the range come after `after`, up to and with `upTo`. */
  readonly after: Seq;
  readonly upTo: Seq;
}

const DEFAULT_DAYS = 30;
const MOST_DAYS = 3660;

/** Without an end, up to now; without a beginning, the thirty days before the end. */
export async function dayRange(tx: Tx, ctx: Asker, asked: InputOf<typeof input>): Promise<DayRange> {
  const to = asked.to === undefined ? ctx.now() : timeOf(asked.to);
  const day = CONSTANTS.millisPerDay;
  const from = millis(
    Math.floor((asked.from === undefined ? to - DEFAULT_DAYS * day : timeOf(asked.from)) / day) * day,
  );
  const count = Math.floor(to / day) - from / day + 1;
  if (count < 1) throw refusal("from", "is later than `to`; give an earlier one");
  if (count > MOST_DAYS) throw refusal("from", `is ${count} days before the end; give at most ${MOST_DAYS}`);
  const [after, upTo] = await seqsAt(tx, [millis(from - 1), to]);
  if (after === undefined || upTo === undefined) throw new Error("the ledger has no head");
  return { from, to, days: Array.from({ length: count }, (_, i) => dayOf(from + i * day)), after, upTo };
}

/** The day of a moment, as charts name it. */
export const dayOf = (at: number): string => iso(at).slice(0, "2026-10-01".length);

const refusal = (path: string, message: string): Refusal =>
  new Refusal("invalid_input", `\`${path}\` ${message}.`, { fields: [{ path, message }] });
