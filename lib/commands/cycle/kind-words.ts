import type { ProposalKind } from "@/lib/domain/cycle/proposal";

/** One proposal of a kind, as sentences of other proposals name it. */
export const kindWords: Readonly<Record<ProposalKind, string>> = {
  merge: "merge",
  supersede: "supersession",
  contest: "contradiction",
  quarantine: "quarantine",
  archive: "move to the archive",
  link: "link",
  weights: "change of weights",
  threshold: "change of a threshold",
  halfLife: "change of a half-life",
  trust: "change of trust",
  calibration: "calibration",
};
