import type { Op } from "./change";

/** How much of a person's attention a change deserves, least first, so that what ticks along does not drown the rest. */
export const IMPORTANCES = ["routine", "notable", "needsEyes"] as const;
export type Importance = (typeof IMPORTANCES)[number];

/**
 * By what a change does. What follows from use (observations), from another change of its group (memberships, links) or from
 * housekeeping (pins, weights, a question that was answered) is routine; a contradiction, a suspicion and what cannot be taken back need
 * eyes; all else is notable.
 */
const byOp: Readonly<Record<Op, Importance>> = {
  observe: "routine",
  member: "routine",
  link: "routine",
  pin: "routine",
  weigh: "routine",
  decline: "routine",
  create: "notable",
  edit: "notable",
  set: "notable",
  archive: "notable",
  restore: "notable",
  delete: "notable",
  supersede: "notable",
  merge: "notable",
  tune: "notable",
  revert: "notable",
  introduce: "notable",
  rename: "notable",
  retype: "notable",
  alias: "notable",
  relate: "notable",
  hide: "notable",
  contest: "needsEyes",
  quarantine: "needsEyes",
  purge: "needsEyes",
};

const rank = (importance: Importance): number => IMPORTANCES.indexOf(importance);

/** Ops that are at least this important by themselves. */
export const opsOfImportance = (least: Importance): readonly Op[] =>
  // Keys of a record of all ops are ops.
  (Object.keys(byOp) as Op[]).filter((op) => rank(byOp[op]) >= rank(least));

/** Of a change, or of a group by all of its ops: the most important counts. Whatever lost its support needs eyes. */
export function importanceOf(ops: readonly Op[], isUnsupported: boolean): Importance {
  if (isUnsupported) return "needsEyes";
  return ops.map((op) => byOp[op]).reduce((most, next) => (rank(next) > rank(most) ? next : most), "routine");
}
