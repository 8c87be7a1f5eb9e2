import { formatDecimal } from "@/lib/format/number";
import type { CallOutput } from "@/lib/client/api";

const curves = { platt: "a logistic curve", isotonic: "rising steps" } as const;

/** What a fitted curve would make of the predictions, or why there is none yet. */
export function fittedSentence({
  ece,
  fitted,
  note,
}: Pick<CallOutput<"metrics.calibration">, "ece" | "fitted" | "note">): string {
  if (fitted === null) return note ?? "No curve is fitted yet.";
  const scores = `ECE ${formatDecimal(fitted.ece, 3)} and Brier ${formatDecimal(fitted.brier, 3)}`;
  const verdict =
    ece !== null && fitted.ece < ece ? `would bring that to ${scores}` : `would not help: ${scores}`;
  return `Fitting ${curves[fitted.form]} ${verdict}, each outcome told by a curve that has not seen it. It is shown here and moves no memory.`;
}
