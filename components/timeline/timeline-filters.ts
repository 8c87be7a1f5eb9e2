"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import type { ChangeListInput } from "@/lib/client/keys";
import { plural } from "@/lib/format/number";
import type { RevertTarget } from "./revert-target";

export const changeStatuses = ["revertible", "live", "reverted", "suspended", "unsupported"] as const;
export const importances = ["notable", "needsEyes"] as const;

const parsers = {
  q: parseAsString,
  op: parseAsString,
  actor: parseAsString,
  status: parseAsStringLiteral(changeStatuses),
  importance: parseAsStringLiteral(importances),
  target: parseAsString,
  group: parseAsString,
  signal: parseAsString,
  source: parseAsString,
  session: parseAsString,
  cycle: parseAsString,
  from: parseAsString,
  to: parseAsString,
};
export type Filters = ReturnType<typeof useQueryStates<typeof parsers>>[0];
export type TimelinePatch = Partial<{ [Name in keyof Filters]: Filters[Name] | null }>;

/** What the timeline is narrowed to. It lives in the address, so every view of it can be linked. */
export function useTimelineFilters() {
  const [filters, set] = useQueryStates(parsers, { history: "replace" });
  const given = Object.entries(filters).filter(([, value]) => value !== null && value !== "");
  const input: ChangeListInput = {
    ...Object.fromEntries(given),
    // A link to one group means its changes, not the one row that stands for them.
    ...(filters.group === null ? { grouped: "true" as const } : {}),
  };
  return {
    filters,
    input,
    names: given.map(([name, value]) => describeFilter(name, String(value))),
    set: (patch: TimelinePatch) => void set(patch),
    clear: () => void set(null),
  };
}

/**
 * Everything in the chosen stretch of time, as one revert names it; null where no time was chosen, or where the list is narrowed
 * by something that a revert cannot name, so that it would take back more than is shown.
 */
export function stretchTarget(filters: Filters): RevertTarget | null {
  const { from, to, source, session, signal, ...others } = filters;
  if (from === null && to === null) return null;
  if (Object.values(others).some((value) => value !== null && value !== "")) return null;
  return {
    select: {
      ...(from === null ? {} : { from }),
      ...(to === null ? {} : { to }),
      ...(source === null ? {} : { source }),
      ...(session === null ? {} : { sessionId: session }),
      ...(signal === null ? {} : { signalId: signal }),
    },
  };
}

const words: Readonly<Record<string, string>> = {
  q: "text",
  op: "kind of change",
  actor: "actor",
  status: "status",
  target: "one memory",
  group: "one group",
  signal: "one signal",
  source: "source",
  session: "one session",
  cycle: "one cycle",
  from: "since",
  to: "until",
};

function describeFilter(name: string, value: string): string {
  if (name === "importance") return value === "needsEyes" ? "what needs eyes" : "what is notable";
  if (value === "revertible") return "what can be reverted";
  // The id of a key tells a person nothing.
  if (name === "actor" && value.includes(":")) return "one actor";
  const word = words[name] ?? name;
  return word.startsWith("one ") ? word : `${word} ${value}`;
}

/** Kinds of change by what a person calls them; a choice may stand for several ops. */
export const opChoices = [
  { value: "", label: "All changes" },
  { value: "create", label: "Remembered" },
  { value: "edit,set", label: "Edited" },
  { value: "observe", label: "Learned" },
  { value: "merge,member", label: "Merged" },
  { value: "archive,restore", label: "Archived or restored" },
  { value: "delete", label: "Deleted" },
  { value: "pin,quarantine", label: "Pinned or quarantined" },
  { value: "introduce,rename,retype,alias,relate,weigh,hide", label: "Names and relations" },
  { value: "supersede,contest", label: "Superseded or contested" },
  { value: "tune", label: "Tuned" },
  { value: "decline", label: "Declined" },
  { value: "revert", label: "Reverts" },
  { value: "purge", label: "Erased" },
] as const;

export const describeCount = (total: number): string => plural(total, "entry", "entries");
