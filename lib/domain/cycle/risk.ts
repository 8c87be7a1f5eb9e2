import {
  atLeast,
  CERTAINTY,
  gateOf,
  isJudged,
  type Gate,
  type ProposalDraft,
  type ProposalKind,
  type Risk,
} from "./proposal";
import { posteriorOf } from "./prior";
import type { Parameters } from "@/lib/domain/parameters";

/** The proposer's certainty with what people decided about others of the kind, 0…1. */
export const sureOf = (
  { kind, certainty }: { readonly kind: ProposalKind; readonly certainty: number },
  parameters: Parameters,
): number => (isJudged(kind) ? posteriorOf(certainty, parameters[`cycle.prior.${kind}`]) : certainty);

/** High where the proposer says so, or where it is not sure enough to go without a person. */
export const riskOf = (
  { kind, certainty, risk }: Pick<ProposalDraft, "kind" | "certainty" | "risk">,
  parameters: Parameters,
): Risk =>
  risk === "high" || sureOf({ kind, certainty }, parameters) < parameters[`cycle.auto.${kind}`]
    ? "high"
    : "low";

/** The proposer's gate, and that it is sure enough to be worth a person's look; prior and threshold follow what people decided. */
export const withAcceptance = (
  { kind, certainty, gate }: Pick<ProposalDraft, "kind" | "certainty" | "gate">,
  parameters: Parameters,
): Gate =>
  gateOf([
    ...gate.figures,
    atLeast(CERTAINTY, sureOf({ kind, certainty }, parameters), parameters[`cycle.accept.${kind}`]),
  ]);
