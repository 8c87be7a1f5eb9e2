import type { Parameters } from "@/lib/domain/parameters";

/** Outcomes seen so far: their number and their sum. */
export interface OutcomeTally {
  readonly count: number;
  readonly sum: number;
}

/**
 * b = (S_cluster + n0·b_workspace)/(N_cluster + n0): what is expected of this kind of query, 0…1. An outcome is evidence
 * only as far as it differs from this, so that easy questions do not credit whatever was shown.
 * The workspace's own average is shrunk towards `learning.baseline.workspace` in the same way.
 */
export function baseline(cluster: OutcomeTally, workspace: OutcomeTally, parameters: Parameters): number {
  const prior = parameters["learning.baseline.prior"];
  return shrunk(cluster, shrunk(workspace, parameters["learning.baseline.workspace"], prior), prior);
}

const shrunk = ({ count, sum }: OutcomeTally, towards: number, prior: number): number =>
  count + prior === 0 ? towards : (sum + prior * towards) / (count + prior);
