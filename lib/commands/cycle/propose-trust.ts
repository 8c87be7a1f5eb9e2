import { decidedProposals, type DecidedProposal } from "@/lib/queries/decided-proposals";
import { entries, type EvidenceSums } from "@/lib/domain/registers/evidence";
import { learnTrust } from "@/lib/domain/cycle/trust";
import { TRUST_CLASSES, type TrustClass } from "@/lib/domain/memory/memory";
import { trustOf } from "@/lib/domain/memory/confidence";
import { tuningDraft } from "./tuning-draft";
import type { Proposer, ProposerView } from "./proposer";

/** Memories that are looked at, the newest moved. */
const MOST = 20_000;

/**
 * What each class of sources deserves, by how often people agree with it: about the memories that both it and the owner judged, and
 * about the proposals that rested on its word, which were accepted and stand, or were declined or taken back.
 */
export const proposeTrust: Proposer = async (view) => {
  const { parameters } = view;
  const evidence = await judged(view);
  const decided = await decidedProposals(view.tx, view.now);
  return TRUST_CLASSES.filter((trust) => trust !== "owner").flatMap((trust) => {
    const name = `safety.trust.${trust}` as const;
    const found = learnTrust(together(agreement(evidence, trust), borneOut(decided, trust)), {
      value: parameters[name],
      step: parameters["cycle.bound.weight"],
      fewest: parameters["cycle.decisions.fewest"],
    });
    return found === null
      ? []
      : [
          tuningDraft({
            kind: "trust",
            values: [{ name, before: parameters[name], value: found.value }],
            gate: found.gate,
            title: `${found.value > parameters[name] ? "Believe" : "Believe less"} what ${trust} sources say: ${found.value.toFixed(2)} instead of ${parameters[name].toFixed(2)}`,
            why: "By how often they agree with the owner about the same memories, and by what became of proposals that rested on their word. Signals that were recorded already keep the weight they were given.",
          }),
        ];
  });
};

interface Agreement {
  readonly agreed: number;
  readonly judged: number;
}

const together = (a: Agreement, b: Agreement): Agreement => ({
  agreed: a.agreed + b.agreed,
  judged: a.judged + b.judged,
});

/** Accepted is agreed with what was observed. */
function borneOut(decided: readonly DecidedProposal[], trust: TrustClass): Agreement {
  const own = decided.filter((d) => d.restedOn.includes(trust));
  return { agreed: own.filter((d) => d.accepted).length, judged: own.length };
}

/** Both sides have said something, and it is counted whether it points the same way. */
function agreement(all: readonly EvidenceSums[], trust: TrustClass): Agreement {
  const signs = all.map((evidence) => {
    const sum = (of: TrustClass) =>
      entries(evidence)
        .filter((e) => trustOf(e.source) === of)
        .reduce((total, { weight }) => total + weight[0] - weight[1], 0);
    return Math.sign(sum("owner")) * Math.sign(sum(trust));
  });
  return { agreed: signs.filter((s) => s > 0).length, judged: signs.filter((s) => s !== 0).length };
}

const judged = async ({ tx }: ProposerView): Promise<EvidenceSums[]> => {
  const rows = await tx.$queryRaw<{ evidence: EvidenceSums }[]>`
    SELECT "evidence" FROM "Memory" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "exists" AND NOT "erased" AND "evidence" <> '{}'::jsonb ORDER BY "seq" DESC LIMIT ${MOST}`;
  return rows.map((row) => row.evidence);
};
