import type { CallOutput } from "@/lib/client/api";
import type { RecallInput } from "@/lib/client/keys";
import { formatDay } from "@/lib/format/time";

export type SavedTest = CallOutput<"testQuestions.list">["items"][number];
/** For whom, of what and as of when a question is asked. */
export type Conditions = Pick<NonNullable<RecallInput>, "scope" | "filter" | "asOf">;

export function conditionsOf({ scope, filter, asOf }: Conditions): Conditions {
  return {
    ...(scope === undefined ? {} : { scope }),
    ...(filter === undefined ? {} : { filter }),
    ...(asOf === undefined ? {} : { asOf }),
  };
}

/** As the server tells two tests of one question apart: whatever the order of fields, and a time by its moment. */
export function sameConditions(one: Conditions, other: Conditions): boolean {
  const plain = ({ scope, filter, asOf }: Conditions) =>
    JSON.stringify([sorted(scope), sorted(filter), asOf === undefined ? null : Date.parse(asOf)]);
  return plain(one) === plain(other);
}

function sorted(fields: object | undefined): readonly unknown[] {
  return Object.entries(fields ?? {})
    .filter(([, value]) => value !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

/** "user ann, tag tea, valid as of 1 Jan 2026"; empty where a question is asked of everything. */
export function conditionsText({ scope = {}, filter = {}, asOf }: Conditions): string {
  const { userId, agentId, runId, sessionId } = scope;
  const { kinds = [], tags = [], speaker, where, ended } = filter;
  const named = [
    ["user", userId],
    ["agent", agentId],
    ["run", runId],
    ["session", sessionId],
    ["kind", kinds.join(" or ")],
    ["tag", tags.join(" and ")],
    ["speaker", speaker],
  ] as const;
  return [
    ...named.flatMap(([name, value]) => (value ? [`${name} ${value}`] : [])),
    ...(where === undefined ? [] : ["a filter of its own"]),
    ...(ended === true ? ["also what has ended"] : []),
    ...(asOf === undefined ? [] : [`valid as of ${formatDay(asOf)}`]),
  ].join(", ");
}

/** The question on the page Recall, ready to be graded; null where it has conditions that the page has no field for. */
export function gradingAddress({ query, scope = {}, filter = {}, asOf }: SavedTest): string | null {
  const { kinds = [], tags = [], speaker, where, ended } = filter;
  const day = asOf === undefined ? undefined : /^(.{10})T00:00:00\.000Z$/.exec(asOf)?.[1];
  const isTold = where === undefined && ended === undefined && kinds.length <= 1 && tags.length <= 1;
  if (!isTold || (asOf !== undefined && day === undefined)) return null;
  const { userId: user, agentId: agent, runId: run, sessionId: session } = scope;
  const fields = { q: query, user, agent, run, session, kind: kinds[0], tag: tags[0], speaker, at: day };
  const told = Object.entries(fields).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return `/recall?${new URLSearchParams([...told, ["grade", "true"]]).toString()}`;
}
