import { atLeast, gateOf, type ProposalDraft } from "@/lib/domain/cycle/proposal";
import { tellingPairs, type ComparedPair } from "./compared-pairs";
import { CONSTANTS } from "@/lib/domain/parameters";
import { disagreement, type Disagreement } from "@/lib/domain/consolidation/supersession";
import { iso, labelOf } from "@/lib/queries/memory-out";
import type { Proposer } from "./proposer";

/** Memories that give one attribute of one subject other values: the later one takes the place, or both are shown as contested. */
export const proposeSupersessions: Proposer = async (view) => {
  const { disagreeing: pairs } = await tellingPairs(view);
  const uses = await view.usesOf(pairs.map((pair) => pair.older.view.id));
  return pairs.flatMap((pair): ProposalDraft[] => {
    const { older, newer } = pair;
    const found = disagreement(older, newer);
    if (found === null || isKnown(pair) || view.isSettled(found.kind, [older.view.id, newer.view.id]))
      return [];
    const days = (newer.validAt - older.validAt) / CONSTANTS.millisPerDay;
    return [draftOf(pair, { found, days, uses: uses.get(older.view.id) ?? 0 })];
  });
};

/** What is contested already is shown, and waits for a person. */
const isKnown = ({ older, newer }: ComparedPair): boolean =>
  older.view.contestedWith.includes(newer.view.id) || newer.view.contestedWith.includes(older.view.id);

interface Found {
  readonly found: Disagreement;
  readonly days: number;
  readonly uses: number;
}

function draftOf(
  { older, newer }: ComparedPair,
  { found: { kind, certainty, about }, days, uses }: Found,
): ProposalDraft {
  const [was, is] = [labelOf(older.view.content), labelOf(newer.view.content)];
  const subject =
    about === "negation" ? "One denies what the other says" : `They give other values for «${about}»`;
  const common = {
    targets: [older, newer].map(({ view }) => ({
      type: "memory" as const,
      id: view.id,
      label: labelOf(view.content),
    })),
    certainty,
    uses,
    support: null,
    before: older.view.content,
    after: newer.view.content,
  };
  const dates = `valid since ${iso(older.validAt).slice(0, DATE_LETTERS)} and ${iso(newer.validAt).slice(0, DATE_LETTERS)}`;
  if (kind === "supersede") {
    return {
      ...common,
      kind,
      title: `«${is}» takes the place of «${was}»`,
      why: `${subject}, ${dates}. The earlier one stays, is left out of recalls, and can still be asked for as of its time.`,
      payload: { older: older.view.id, newer: newer.view.id },
      gate: gateOf([atLeast("days between them", days, 0)]),
    };
  }
  return {
    ...common,
    kind,
    title: `«${was}» and «${is}» contradict each other`,
    why: `${subject}, ${dates}. Nothing tells which of them holds, so both stay and are shown as contested.`,
    payload: { memory: older.view.id, rival: newer.view.id },
    gate: gateOf([]),
  };
}

const DATE_LETTERS = "YYYY-MM-DD".length;
