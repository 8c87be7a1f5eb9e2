"use client";

import dynamic from "next/dynamic";
import { useQuery } from "@tanstack/react-query";
import { RevertDialog } from "@/components/timeline/revert-dialog-later";
import { useQuickRevert } from "@/components/timeline/use-revert";
import { DataPanel } from "@/components/ui/data-panel";
import { Page, PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { queries } from "@/lib/client/queries";
import { CycleCrumbs } from "./cycle-crumbs";
import { CycleHead, keptText } from "./cycle-head";
import { CycleReview } from "./cycle-review";
import { didHarm, keptOfFailure, stageWords, type Cycle } from "./cycle-words";
import { StageStrip } from "./stage-strip";
import { useCycleActs } from "./use-cycle-acts";

const AftermathCard = dynamic(() => import("./aftermath-card").then((module) => module.AftermathCard));
const QueryScatter = dynamic(() => import("./query-scatter").then((module) => module.QueryScatter));
const QualityCard = dynamic(() => import("./quality-card").then((module) => module.QualityCard));

/** One improvement run, reviewed like a pull request: what it would change, why, and what that is worth. */
export function CyclePage({ cycleId }: { readonly cycleId: string }) {
  const query = useQuery(queries.cycle(cycleId));
  return (
    <Page>
      {query.data === undefined ? <PageHeader title="Cycle" crumbs={<CycleCrumbs />} /> : null}
      <DataPanel query={query} failureTitle="The cycle could not be loaded" skeleton={<CycleSkeleton />}>
        {({ cycle }) => <Loaded key={cycle.id} cycle={cycle} />}
      </DataPanel>
    </Page>
  );
}

function Loaded({ cycle }: { readonly cycle: Cycle }) {
  const acts = useCycleActs();
  const quick = useQuickRevert();
  return (
    <div className="flex flex-col gap-(--page-gap)">
      <CycleHead
        cycle={cycle}
        isCancelling={acts.isCancelling}
        onCancel={() => acts.cancel(cycle.id)}
        onRevert={() => quick.ask({ cycleId: cycle.id })}
      />
      <Notice cycle={cycle} />
      <StageStrip stages={cycle.stages} />
      {cycle.state === "failed" || cycle.state === "running" ? null : (
        <div className="grid gap-(--page-gap) lg:grid-cols-2">
          <QualityCard cycle={cycle} />
          <AftermathCard cycle={cycle} />
          {cycle.movedQueries.length > 0 ? <QueryScatter queries={cycle.movedQueries} /> : null}
        </div>
      )}
      <CycleReview
        cycle={cycle}
        busyKey={quick.busyKey}
        onRevert={(target, key) => void quick.run(target, { key })}
      />
      <RevertDialog
        target={quick.pending}
        isRedo={quick.isRedo}
        open={quick.isOpen}
        onOpenChange={quick.setOpen}
      />
    </div>
  );
}

/** What a person has to know before anything else: that it failed, runs, or was only tried. */
function Notice({ cycle }: { readonly cycle: Cycle }) {
  const { failure, state, dryRun } = cycle;
  if (failure !== null) {
    return (
      <div role="alert" className="rounded-lg border border-line bg-loss-soft px-(--card-pad) py-3 text-sm">
        <p className="font-medium text-loss">
          It failed in the stage “{stageWords[failure.stage]}”. {keptOfFailure(cycle)}
        </p>
        <p className="mt-0.5 break-words">{failure.message}</p>
      </div>
    );
  }
  if (didHarm(cycle)) {
    return (
      <p
        role="alert"
        className="rounded-lg border border-line bg-loss-soft px-(--card-pad) py-(--row-y) text-sm"
      >
        Outcomes since then speak against it more than chance explains, so it was taken back by itself.
      </p>
    );
  }
  if (state === "running") {
    return (
      <p role="status" className="rounded-lg bg-accent-soft px-(--card-pad) py-(--row-y) text-sm">
        {keptText(cycle)} The page follows it live.
      </p>
    );
  }
  if (!dryRun) return null;
  return (
    <p className="rounded-lg border border-line bg-sunken px-(--card-pad) py-(--row-y) text-sm">
      This was a dry run: it shows what a cycle would propose. Nothing of it can be decided.
    </p>
  );
}

const CARD_KEYS = ["first", "second"] as const;

function CycleSkeleton() {
  return (
    <div className="flex flex-col gap-(--page-gap)">
      <Skeleton className="h-28 w-full" />
      <div className="grid gap-(--page-gap) lg:grid-cols-2">
        {CARD_KEYS.map((key) => (
          <Skeleton key={key} className="h-64" />
        ))}
      </div>
    </div>
  );
}
