import { proposeArchive } from "./propose-archive";
import { proposeCalibration } from "./propose-calibration";
import { proposeHalfLives } from "./propose-half-lives";
import { proposeLinks } from "./propose-links";
import { proposeMerges } from "./propose-merges";
import { proposeOutdated } from "./propose-outdated";
import { proposePriors } from "./propose-priors";
import { proposeQuarantine } from "./propose-quarantine";
import { proposeSupersessions } from "./propose-supersessions";
import { proposeThresholds } from "./propose-thresholds";
import { proposeTrust } from "./propose-trust";
import { proposeUnsureStep } from "./propose-unsure-step";
import { proposeWeights } from "./propose-weights";
import type { Proposer } from "./proposer";

/** Who proposes, in the order in which they are asked; one that another builds upon stands before it. */
export const PROPOSERS: readonly { readonly name: string; readonly propose: Proposer }[] = [
  { name: "quarantine", propose: proposeQuarantine },
  { name: "merges", propose: proposeMerges },
  { name: "outdated", propose: proposeOutdated },
  { name: "supersessions", propose: proposeSupersessions },
  { name: "links", propose: proposeLinks },
  { name: "archive", propose: proposeArchive },
  { name: "weights", propose: proposeWeights },
  { name: "half-lives", propose: proposeHalfLives },
  { name: "trust", propose: proposeTrust },
  { name: "unsure step", propose: proposeUnsureStep },
  { name: "calibration", propose: proposeCalibration },
  { name: "priors", propose: proposePriors },
  { name: "thresholds", propose: proposeThresholds },
];
