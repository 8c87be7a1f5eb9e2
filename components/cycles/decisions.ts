import type { DecisionInput } from "@/lib/client/keys";
import type { Proposal } from "./cycle-words";

/** What a person means to do with one proposal. Nothing of it is final until it is sent. */
export interface Decision {
  readonly verdict: "approve" | "decline" | "never";
  /** Another text for a merge. */
  readonly content?: string;
  /** Those of a merge's sources that are merged, where one is left out. */
  readonly sources?: readonly string[];
}

export type Decisions = ReadonlyMap<string, Decision>;
/** What a person noted about proposals, whatever they decide. */
export type Comments = ReadonlyMap<string, string>;

/** Saying the same twice takes it back. */
export function decided(decisions: Decisions, id: string, decision: Decision): Decisions {
  const next = new Map(decisions);
  const [before, after] = [next.get(id), decision].map((one) => JSON.stringify(one));
  const isSame = before === after;
  if (isSame) next.delete(id);
  else next.set(id, decision);
  return next;
}

/** Approves those among them that nothing was said about yet. */
export function restApproved(decisions: Decisions, ids: readonly string[]): Decisions {
  const rest = ids.filter((id) => !decisions.has(id)).map((id) => [id, { verdict: "approve" }] as const);
  return new Map([...decisions, ...rest]);
}

/** Only what still waits can be decided; others may have decided it meanwhile. */
export function standingDecisions(decisions: Decisions, proposals: readonly Proposal[]): Decisions {
  const waiting = new Set(proposals.filter(({ state }) => state === "waiting").map(({ id }) => id));
  return new Map([...decisions].filter(([id]) => waiting.has(id)));
}

/** The body of the request; lists that are empty are left out. */
export function decisionBody(
  decisions: Decisions,
  comments: Comments = new Map(),
): NonNullable<DecisionInput> {
  const idsOf = (verdict: Decision["verdict"]) =>
    [...decisions].filter(([, decision]) => decision.verdict === verdict).map(([id]) => id);
  const edits = [...decisions].flatMap(([id, { verdict, content, sources }]) => {
    if (verdict !== "approve" || (content === undefined && sources === undefined)) return [];
    const edit = {
      ...(content === undefined ? {} : { content }),
      ...(sources === undefined ? {} : { sources: [...sources] }),
    };
    return [[id, edit] as const];
  });
  const reasons = [...comments].filter(([id, comment]) => decisions.has(id) && comment !== "");
  const [approve, decline, never] = [idsOf("approve"), idsOf("decline"), idsOf("never")];
  return {
    ...(approve.length > 0 ? { approve } : {}),
    ...(decline.length > 0 ? { decline } : {}),
    ...(never.length > 0 ? { never } : {}),
    ...(edits.length > 0 ? { edits: Object.fromEntries(edits) } : {}),
    ...(reasons.length > 0 ? { reasons: Object.fromEntries(reasons) } : {}),
  };
}

/** As one line of text for the storage of a tab, and back; nonsense is nothing. */
export const storedDecisions = (decisions: Decisions): string => JSON.stringify([...decisions]);

export function parseDecisions(text: string | null): Decisions {
  if (text === null) return new Map();
  try {
    const rows: unknown = JSON.parse(text);
    return new Map(Array.isArray(rows) ? rows.filter(isRow) : []);
  } catch {
    return new Map();
  }
}

export const storedComments = (comments: Comments): string => JSON.stringify([...comments]);

export function parseComments(text: string | null): Comments {
  if (text === null) return new Map();
  try {
    const rows: unknown = JSON.parse(text);
    return new Map(Array.isArray(rows) ? rows.filter(isComment) : []);
  } catch {
    return new Map();
  }
}

const isComment = (row: unknown): row is [string, string] =>
  Array.isArray(row) && row.length === 2 && row.every((part) => typeof part === "string");

const verdicts: readonly unknown[] = ["approve", "decline", "never"];

function isRow(row: unknown): row is [string, Decision] {
  if (!Array.isArray(row)) return false;
  const [id, decision]: unknown[] = row;
  return (
    typeof id === "string" &&
    typeof decision === "object" &&
    decision !== null &&
    "verdict" in decision &&
    verdicts.includes(decision.verdict)
  );
}
