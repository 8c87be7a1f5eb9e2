import { atLeast, gateOf } from "@/lib/domain/cycle/proposal";
import { calibrated, crossFitted, fitPlatt } from "@/lib/domain/learning/calibration";
import { CONSTANTS, PARAMETERS } from "@/lib/domain/parameters";
import { estimate } from "@/lib/domain/learning/comparison";
import { judgedForecasts } from "@/lib/queries/calibration";
import { millis } from "@/lib/domain/ids";
import { rounded, tuningDraft } from "./tuning-draft";
import type { Proposer } from "./proposer";

const LOOKS_BACK_DAYS = 90;
const FOLDS = 5;
/** A curve that differs by less from the one in force tells nothing else. */
const LEAST = 0.05;

const NAMES = ["learning.calibration.slope", "learning.calibration.shift"] as const;

/** The curve from confidence to how often such a memory helped, fitted anew when it foretells left-out outcomes better. */
export const proposeCalibration: Proposer = async ({ tx, now, parameters }) => {
  const forecasts = await judgedForecasts(tx, {
    from: millis(now - LOOKS_BACK_DAYS * CONSTANTS.millisPerDay),
    to: now,
  });
  if (forecasts.length < CONSTANTS.plattFrom) return [];
  const inForce = { form: "platt", slope: parameters[NAMES[0]], shift: parameters[NAMES[1]] } as const;
  const fitted = fitPlatt(forecasts);
  const values = [
    [NAMES[0], fitted.slope],
    [NAMES[1], fitted.shift],
  ] as const;
  const bounded = values.map(([name, value]) => ({
    name,
    before: parameters[name],
    value: rounded(Math.min(PARAMETERS[name].max, Math.max(PARAMETERS[name].min, value))),
  }));
  if (bounded.every(({ before, value }) => Math.abs(before - value) < LEAST)) return [];
  const left = crossFitted(forecasts, "platt", FOLDS);
  const gain = estimate(
    forecasts.map(
      (f, i) =>
        (calibrated(f.predicted, inForce) - f.outcome) ** 2 - ((left[i]?.predicted ?? 0) - f.outcome) ** 2,
    ),
  );
  return [
    tuningDraft({
      kind: "calibration",
      values: bounded,
      title: "Let what is expected of a memory follow what came of it",
      why: `${String(forecasts.length)} judged memories, each foretold by a curve that was fitted without it.`,
      gate: gateOf([
        atLeast("judged memories", forecasts.length, CONSTANTS.plattFrom),
        atLeast("squared error saved on left-out outcomes, lower end", gain?.low ?? -1, 0),
      ]),
    }),
  ];
};
