import { atLeast, gateOf, type Gate, type GateFigure } from "./proposal";
import { shareOf } from "@/lib/domain/learning/comparison";
import { stepTowards } from "./bounds";

export interface TrustNow {
  readonly value: number;
  readonly step: number;
  readonly fewest: number;
}

/**
 * What a class of sources deserves, from the memories that both it and the owner judged and the proposals that rested on its word: T = 2a − 1, a being the share on which
 * they agree, so that a coin earns nothing. One step at a time; the interval of a has to lie on the side of the step.
 */
export function learnTrust(
  { agreed, judged }: { readonly agreed: number; readonly judged: number },
  now: TrustNow,
): { readonly value: number; readonly gate: Gate } | null {
  const share = shareOf(agreed, judged);
  if (share === null) return null;
  const deserved = Math.max(0, 2 * share.mean - 1);
  const value = stepTowards(now.value, deserved, { step: now.step, min: 0, max: 1 });
  if (value === now.value) return null;
  const usual = (1 + now.value) / 2;
  const figure: GateFigure =
    value > now.value
      ? atLeast("agreement with the owner, lower end", share.low, usual)
      : {
          name: "agreement with the owner, upper end",
          value: share.high,
          threshold: usual,
          passed: share.high <= usual,
        };
  return {
    value,
    gate: gateOf([atLeast("memories and proposals judged by both", judged, now.fewest), figure]),
  };
}
