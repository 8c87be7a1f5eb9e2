/** Each law catches its seeded defects, and holds on the engine without them in the same histories. */
import { describe, expect, it } from "vitest";

import { breaks, PRODUCTION, type Law } from "@/tests/support/check-laws";
import { commutation } from "./statements/commutation";
import { conservation } from "./statements/conservation";
import { inverse } from "./statements/inverse";
import { massRevert } from "./statements/mass-revert";
import { MUTANTS } from "@/tests/support/mutants";
import { nonInterferenceRanking } from "./statements/non-interference-ranking";
import { nonInterferenceState } from "./statements/non-interference-state";
import { order } from "./statements/order";
import { previewEqualsEffect } from "./statements/preview-equals-effect";
import { projection } from "./statements/projection";
import { replay } from "./statements/replay";
import { softSupport } from "./statements/soft-support";
import { suspensionLossless } from "./statements/suspension-lossless";
import { timeTravel } from "./statements/time-travel";
import { wholeCycles } from "./statements/whole-cycles";

/** Some defects show in few histories. */
const WITHIN = 1000;
const UNBROKEN = 300;
const LAWS: readonly Law[] = [
  replay,
  order,
  inverse,
  nonInterferenceState,
  nonInterferenceRanking,
  projection,
  timeTravel,
  conservation,
  suspensionLossless,
  commutation,
  massRevert,
  previewEqualsEffect,
  softSupport,
  wholeCycles,
];

for (const law of LAWS) {
  describe(`law of ${law.name}`, { timeout: 60_000 }, () => {
    const mutants = Object.entries(MUTANTS[law.name] ?? {});
    it("has a defect to catch", () => expect(mutants).not.toEqual([]));
    it.each(mutants)("catches: %s", async (_defect, engine) => {
      expect(await breaks(law, engine, WITHIN)).not.toBeNull();
    });
    it("holds in the first of these histories without a defect", async () => {
      expect(await breaks(law, () => PRODUCTION, UNBROKEN)).toBeNull();
    });
  });
}
