"use client";

import { parseAsInteger, parseAsString, useQueryStates } from "nuqs";
import type { RecallInput } from "@/lib/client/keys";

export const recallKinds = ["fact", "preference", "procedure", "episode", "insight"] as const;
export const DEFAULT_LIMIT = 10;
export const MOST_RESULTS = 200;

const parsers = {
  q: parseAsString.withDefault(""),
  user: parseAsString,
  agent: parseAsString,
  run: parseAsString,
  session: parseAsString,
  kind: parseAsString,
  tag: parseAsString,
  speaker: parseAsString,
  at: parseAsString,
  limit: parseAsInteger,
  target: parseAsString,
};
export type RecallFields = ReturnType<typeof useQueryStates<typeof parsers>>[0];
export type RecallPatch = { readonly [Name in keyof RecallFields]?: RecallFields[Name] | null };

/** The question as the address holds it. */
export function useRecallFields() {
  const [fields, set] = useQueryStates(parsers, { history: "push" });
  return { fields, set: (patch: RecallPatch) => void set(patch) };
}

/** The question as the API takes it; null while nothing is asked. */
export function recallInput(fields: RecallFields): NonNullable<RecallInput> | null {
  const query = fields.q.trim();
  if (query === "") return null;
  const scope = present({
    userId: fields.user,
    agentId: fields.agent,
    runId: fields.run,
    sessionId: fields.session,
  });
  const filter = {
    ...kindsOf(fields.kind),
    ...(fields.tag ? { tags: [fields.tag] } : {}),
    ...(fields.speaker ? { speaker: fields.speaker } : {}),
  };
  return {
    query,
    limit: Math.min(MOST_RESULTS, Math.max(1, fields.limit ?? DEFAULT_LIMIT)),
    explain: true,
    ...(isFilled(scope) ? { scope } : {}),
    ...(isFilled(filter) ? { filter } : {}),
    ...(fields.at ? { asOf: fields.at } : {}),
  };
}

/** How many of the conditions that are folded away are in force. */
export function countConditions(fields: RecallFields): number {
  const { user, agent, run, session, kind, tag, speaker, at } = fields;
  return [user, agent, run, session, kind, tag, speaker, at].filter(Boolean).length;
}

function kindsOf(kind: string | null) {
  const known = recallKinds.find((candidate) => candidate === kind);
  return known === undefined ? {} : { kinds: [known] };
}

function present<Fields extends Readonly<Record<string, string | null>>>(fields: Fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== ""));
}

function isFilled(fields: object): boolean {
  return Object.keys(fields).length > 0;
}
