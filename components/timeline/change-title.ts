import { plural } from "@/lib/format/number";
import type { TimelineChange } from "./change-row";

type Op = TimelineChange["op"];
export type Titled = Pick<TimelineChange, "op" | "summary" | "cause" | "group" | "groupSize">;
interface Told {
  readonly op: string;
  readonly summary: string;
  readonly targetLabel: string;
}

/** What a group did where all of its changes are of one op. Ops that name their objects keep the sentence of the first. */
const doneTo: Readonly<Partial<Record<Op, string>>> = {
  create: "Remembered",
  edit: "Edited",
  set: "Edited",
  archive: "Archived",
  restore: "Restored",
  delete: "Deleted",
  pin: "Pinned or unpinned",
  quarantine: "Quarantined or released",
};

/** One line for a row: the change's own sentence, or what its whole group did. */
export function changeTitle(change: Titled): string {
  const { summary, group, groupSize = 1, cause } = change;
  if (group === undefined || groupSize === 1) return summary;
  const memories = plural(group.targets, "memory", "memories");
  if (cause.kind === "import") return `Imported ${memories}`;
  if (isOfCycle(change)) return cycleTitle(group.ops, memories);
  if (cause.kind === "signal" && group.ops["observe"] === groupSize) return `An outcome moved ${memories}`;
  if (group.ops["revert"] === groupSize) return `Took back ${plural(groupSize, "change")}`;
  const done = Object.keys(group.ops).length === 1 ? doneTo[change.op] : undefined;
  if (done !== undefined && group.targets > 1) return `${done} ${memories}`;
  // A merge names how many memories it joins; its members say nothing more.
  if (change.op === "merge") return summary;
  return `${summary}, and ${plural(groupSize - 1, "change")} with it`;
}

/** A row that stands for what an improvement cycle wrote, however its proposals came to be in force. */
export function isOfCycle({ cause, op, group }: Pick<Titled, "cause" | "op" | "group">): boolean {
  return cause.kind === "cycle" && op !== "revert" && group !== undefined;
}

const cycleOps: readonly (readonly [Op, string, string])[] = [
  ["merge", "merge", "merges"],
  ["supersede", "supersession", "supersessions"],
  ["contest", "contradiction", "contradictions"],
  ["archive", "archiving", "archivings"],
  ["quarantine", "quarantine", "quarantines"],
  ["link", "link", "links"],
  ["tune", "setting", "settings"],
];

/** "Improvement cycle: 3 merges, 1 setting". A merge has members too, which are not counted again. */
function cycleTitle(ops: Readonly<Record<string, number>>, memories: string): string {
  const told = cycleOps.flatMap(([op, one, many]) => {
    const count = ops[op] ?? 0;
    return count === 0 ? [] : [plural(count, one, many)];
  });
  return `Improvement cycle: ${told.length === 0 ? memories : told.join(", ")}`;
}

/** The sentence without the memory's own words: for its own page, where they stand above. */
export function titleOnOwnPage(change: Told): string {
  const own = `“${change.targetLabel}”`;
  if (change.targetLabel === "" || !change.summary.includes(own)) return change.summary;
  if (change.op === "edit") return "Edited the text";
  if (change.op === "merge") return change.summary.replace(` into ${own}`, " into this one");
  const rest = change.summary
    .replaceAll(own, " ")
    .replace(/\s+/gu, " ")
    .replace(/ of( |$)/u, "$1")
    .trim();
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

/** Where a row stands: a group is in force while any of its changes is. */
export function standingOf(change: Pick<TimelineChange, "status" | "group">): TimelineChange["status"] {
  const { group, status } = change;
  if (group === undefined) return status;
  if (group.live > 0) return "live";
  return group.reverted > 0 ? "reverted" : "suspended";
}

/** "2 of 61 reverted": what of a group is out of force, where it is not all of it. */
export function partlyOut({ group, groupSize = 1 }: Pick<TimelineChange, "group" | "groupSize">): readonly {
  readonly status: "reverted" | "suspended";
  readonly text: string;
}[] {
  if (group === undefined || groupSize === 1) return [];
  return (["reverted", "suspended"] as const)
    .filter((status) => group[status] > 0 && group[status] < groupSize)
    .map((status) => ({ status, text: `${group[status]} of ${groupSize} ${status}` }));
}
