"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, ShieldCheck, TriangleAlert } from "lucide-react";
import type { CallOutput } from "@/lib/client/api";
import { queries } from "@/lib/client/queries";
import { formatCount, plural } from "@/lib/format/number";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { FailureNotice } from "../ui/failure-notice";

/** Recomputes everything from the ledger and says whether it agrees with what is shown. */
export function Verification() {
  const verification = useQuery(queries.verification());
  const verify = () => void verification.refetch();
  return (
    <Card
      title="Verify"
      description="Recomputes the chain of digests, the fold of all changes, and compares every stored value with them."
      actions={
        <Button size="sm" busy={verification.isFetching} onClick={verify}>
          {verification.isFetching ? null : <ShieldCheck aria-hidden />}
          Verify now
        </Button>
      }
    >
      {verification.error ? (
        <FailureNotice title="The ledger could not be verified" error={verification.error} onRetry={verify} />
      ) : verification.data ? (
        <Verdict verified={verification.data} />
      ) : (
        <p className="text-sm text-muted">Not asked for yet.</p>
      )}
    </Card>
  );
}

function Verdict({ verified }: { readonly verified: CallOutput<"verify"> }) {
  const { ok, chain, fold, projection, head } = verified;
  return (
    <div role="status" className="flex flex-col gap-2 text-sm">
      <p className="flex items-center gap-2 font-medium">
        {ok ? (
          <CircleCheck aria-hidden className="size-4 text-gain" />
        ) : (
          <TriangleAlert aria-hidden className="size-4 text-loss" />
        )}
        {ok ? "Everything agrees." : "Something does not agree."}
      </p>
      <ul className="num flex flex-col gap-0.5 text-muted">
        <li>
          Chain: {plural(chain.checked, "change")} checked
          {chain.firstBad === null ? "" : `, broken at change ${formatCount(chain.firstBad)}`}
        </li>
        <li>Fold: {plural(fold.targets, "target")} computed again</li>
        <li>
          Stored values:{" "}
          {projection.mismatches.length === 0
            ? "all equal"
            : `${formatCount(projection.mismatches.length)} differ`}
        </li>
        <li className="min-w-0">
          Head: change {formatCount(head.seq)},{" "}
          <code className="font-mono text-xs wrap-anywhere">{head.digest}</code>
        </li>
      </ul>
    </div>
  );
}
