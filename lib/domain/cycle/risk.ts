import { atLeast, gateOf, type Gate, type ProposalDraft, type Risk } from "./proposal";
import type { Parameters } from "@/lib/domain/parameters";

/** High where the proposer says so, or where it is not sure enough to go without a person. */
export const riskOf = ({ kind, certainty, risk }: Pick<ProposalDraft, "kind" | "certainty" | "risk">, parameters: Parameters): Risk =>
  risk === "high" || certainty < parameters[`cycle.auto.${kind}`] ? "high" : "low";

/** The proposer's gate, and that it is sure enough to be worth a person's look; the threshold follows what people decided. */
export const withAcceptance = ({ kind, certainty, gate }: Pick<ProposalDraft, "kind" | "certainty" | "gate">, parameters: Parameters): Gate =>
  gateOf([...gate.figures, atLeast("certainty", certainty, parameters[`cycle.accept.${kind}`])]);
