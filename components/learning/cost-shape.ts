import type { CallOutput } from "@/lib/client/api";
import { MISSING, formatCount, formatDecimal } from "@/lib/format/number";
import type { Prices } from "./prices";

export type Cost = CallOutput<"metrics.cost">;
type Cpu = Cost["cpu"][number];

const HOUR_MS = 3_600_000;
const MILLION = 1_000_000;
/** So few calls make no median worth a price. */
const FEW_CALLS = 5;

/** What an operation is called on the page; those that are neither an update nor a recall keep their id. */
const names: Readonly<Record<string, string>> = {
  "memories.create": "Remember one memory",
  "memories.update": "Edit a memory",
  "memories.get": "Read one memory",
  "signals.create": "Credit an outcome",
  recall: "Recall",
  "reverts.create": "Take something back",
  "merges.create": "Merge memories",
  "cycles.run": "Improvement cycle",
};

export interface CostRow {
  readonly operation: string;
  readonly name: string;
  readonly isKnown: boolean;
  readonly calls: number;
  readonly isFew: boolean;
  readonly milliseconds: number;
  /** Of a million calls, at the person's price; null without one. */
  readonly perMillion: number | null;
}

/** The operations that a person would count first, in the order of the names above; then all others, dearest first. */
export function costRows(cpu: readonly Cpu[], machineHour: number | null): readonly CostRow[] {
  const order = Object.keys(names);
  return cpu
    .map(({ operation, calls, milliseconds }) => ({
      operation,
      name: names[operation] ?? operation,
      isKnown: operation in names,
      calls,
      isFew: calls < FEW_CALLS,
      milliseconds,
      perMillion: machineHour === null ? null : priceOf(milliseconds * MILLION, machineHour),
    }))
    .sort(
      (one, other) =>
        Number(other.isKnown) - Number(one.isKnown) ||
        order.indexOf(one.operation) - order.indexOf(other.operation) ||
        other.milliseconds - one.milliseconds,
    );
}

/** Price of so many milliseconds of one processor, at the price of an hour. */
export function priceOf(milliseconds: number, perHour: number): number {
  return (milliseconds / HOUR_MS) * perHour;
}

export interface Side {
  readonly price: number | null;
  /** How the price comes about, or what is missing for it. */
  readonly how: string;
}

/**
 * One improvement cycle beside one fine-tuning run. A cycle was either measured by this server, or stands for the crediting
 * of the range's outcomes; which of the two is said.
 */
export function compareCosts(
  prices: Prices,
  cpu: readonly Cpu[],
  outcomes: number,
): { readonly cycle: Side; readonly tuning: Side } {
  return { cycle: cycleSide(prices, cpu, outcomes), tuning: tuningSide(prices) };
}

function cycleSide(prices: Prices, cpu: readonly Cpu[], outcomes: number): Side {
  const work = cycleWork(cpu, outcomes);
  const calls = prices.callsPerCycle ?? 0;
  if (work === null)
    return {
      price: null,
      how: "Nothing was measured since the server started: no cycle ran and no outcome was credited.",
    };
  if (prices.machineHour === null) return { price: null, how: `${work.how}. Give the price of the machine.` };
  if (calls > 0 && prices.modelCall === null)
    return {
      price: null,
      how: `${work.how}, and ${formatCount(calls)} calls of a model. Give the price of a call.`,
    };
  const price = priceOf(work.milliseconds, prices.machineHour) + calls * (prices.modelCall ?? 0);
  return {
    price,
    how:
      calls > 0
        ? `${work.how}, and ${formatCount(calls)} calls of a model`
        : `${work.how}, and no call of a model`,
  };
}

function cycleWork(
  cpu: readonly Cpu[],
  outcomes: number,
): { readonly milliseconds: number; readonly how: string } | null {
  const cycle = cpu.find(({ operation }) => operation === "cycles.run");
  if (cycle !== undefined)
    return {
      milliseconds: cycle.milliseconds,
      how: `${formatDecimal(cycle.milliseconds, 1)} ms of processor time, the median of ${formatCount(cycle.calls)} measured`,
    };
  const credit = cpu.find(({ operation }) => operation === "signals.create");
  if (credit === undefined) return null;
  const milliseconds = credit.milliseconds * outcomes;
  return {
    milliseconds,
    how: `No cycle was measured; crediting the ${formatCount(outcomes)} outcomes of this time takes ${formatDecimal(milliseconds, 0)} ms of processor time`,
  };
}

function tuningSide({ fineTuningRun }: Prices): Side {
  return fineTuningRun === null
    ? { price: null, how: "Give what a run costs you." }
    : {
        price: fineTuningRun,
        how: "Your price of one run, without preparing data, checking and serving it.",
      };
}

/** "About 12,000 cycles for the price of one run"; null where one side has no price. */
export function ratioSentence({
  cycle,
  tuning,
}: {
  readonly cycle: Side;
  readonly tuning: Side;
}): string | null {
  if (cycle.price === null || tuning.price === null || cycle.price === 0 || tuning.price === 0) return null;
  const ratio = tuning.price / cycle.price;
  return ratio >= 1
    ? `One run costs as much as about ${formatCount(ratio >= 10 ? Number(ratio.toPrecision(2)) : ratio)} cycles.`
    : `One cycle costs as much as about ${formatCount(1 / ratio)} runs.`;
}

/** Three figures that count, however small the price; never in another form than digits. */
export function formatPrice(price: number | null): string {
  if (price === null || !Number.isFinite(price)) return MISSING;
  if (price === 0) return "0";
  const leading = Math.floor(Math.log10(Math.abs(price)));
  return formatDecimal(price, Math.min(9, Math.max(0, 2 - leading)));
}
