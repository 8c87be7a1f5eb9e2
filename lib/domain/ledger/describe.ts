import { CONSTANTS } from "@/lib/domain/parameters";
import { capitalised } from "@/lib/domain/graph/names";
import { unreachable } from "@/lib/domain/errors";
import type { Change, EdgeEnds } from "./change";
import type { EntityType } from "@/lib/domain/graph/extraction";

/** What a sentence about a change may name. */
export interface Names {
  /** Beginning of the target's text, or the parameter's name. */
  readonly target: string;
  /** Beginning of the other memory's text, for memberships, supersessions and contests. */
  readonly object: string | null;
  /** The sentence of the change that a revert takes out. */
  readonly reverted: string | null;
}

/** A change as one plain sentence, for the timeline. */
export function describe(change: Change, names: Names): string {
  const target = quoted(names.target);
  const object = quoted(names.object ?? "another memory");
  switch (change.op) {
    case "create":
      return `Remembered ${target}`;
    case "edit":
      return `Edited to ${target}`;
    case "set":
      return `Set ${LABELS[change.payload.register]} of ${target}`;
    case "archive":
      return `Archived ${target}`;
    case "restore":
      return `Restored ${target}`;
    case "delete":
      return `Deleted ${target}`;
    case "observe":
      return `${change.payload.weight[0] > 0 ? "Reinforced" : "Weakened"} ${target} by ${amount(change.payload.weight)}`;
    case "pin":
      return `Pinned ${target}`;
    case "quarantine":
      return `Quarantined ${target}`;
    case "supersede":
      return `${target} was superseded by ${object}`;
    case "contest":
      return `${target} is contested by ${object}`;
    case "merge":
      return `Merged ${change.payload.sources.length} memories into ${target}`;
    case "member":
      return `${target} joined the merge ${object}`;
    case "link":
      return `Linked memories that were used together`;
    case "tune":
      return change.payload.name === EPOCH_HEAD
        ? "Counted the words of the memories afresh, for ranking"
        : `Tuned ${change.payload.name} to ${String(change.payload.value)}`;
    case "revert":
      return tookBack(names.reverted ?? "a change");
    case "purge":
      return "Erased a memory for ever";
    case "introduce":
      return `Added the entity ${quoted(change.payload.called)}, ${A_TYPE[change.payload.type]}`;
    case "rename":
      return `Renamed the entity ${target} to ${quoted(change.payload.called)}`;
    case "retype":
      return `Set the type of the entity ${target}: ${A_TYPE[change.payload.type]}`;
    case "alias":
      return `${target} is the same entity as ${quoted(capitalised(change.payload.intoName))}`;
    case "relate":
      return `Related ${edgeText(change.payload)}`;
    case "weigh":
      return `${change.payload.weight[0] > 0 ? "Strengthened" : "Weakened"} ${edgeText(change.payload)} by ${amount(change.payload.weight)}`;
    case "hide":
      return "name" in change.payload
        ? `Hid the entity ${target}`
        : `Hid the relation ${edgeText(change.payload)}`;
    case "decline":
      return `Declined ${names.target === "" ? "a proposal" : `the proposal ${target}`}${change.payload.forever ? ", for good" : ""}`;
    default:
      return unreachable(change);
  }
}

/** To take back a revert is to redo what it took out, and is told so instead of nested. */
function tookBack(reverted: string): string {
  const [, redone] = reverted.match(/^Took back: (.*)$/u) ?? [];
  if (redone !== undefined) return `Redid: ${redone}`;
  const [, again] = reverted.match(/^Redid: (.*)$/u) ?? [];
  return `Took back: ${again ?? reverted}`;
}

/** The one parameter that the system sets by itself: its value is an id, which tells a person nothing. */
const EPOCH_HEAD = "epoch.current";

const LABELS = {
  kind: "the kind",
  tags: "the tags",
  metadata: "the metadata",
  validAt: "the beginning of validity",
  invalidAt: "the end of validity",
} as const;

const A_TYPE: Readonly<Record<EntityType, string>> = {
  person: "a person",
  place: "a place",
  organization: "an organization",
  product: "a product",
  work: "a work",
  other: "something else",
};

const edgeText = ({ from, to, relation }: EdgeEnds): string =>
  `“${capitalised(from)}” and “${capitalised(to)}” (${relation})`;

const quoted = (label: string): string => (label === "" ? "an erased memory" : `“${label}”`);

/** Two decimals are enough: a single observation rarely weighs less than .01. */
const amount = ([alpha, beta]: readonly [number, number]): string =>
  (Math.max(alpha, beta) / CONSTANTS.micro).toFixed(2);
