"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ShieldCheck, TriangleAlert, Undo2, X } from "lucide-react";
import Link from "next/link";
import { useCallback, useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Spinner } from "@/components/ui/spinner";
import { showFailure } from "@/components/ui/undo-toast";
import type { CallOutput } from "@/lib/client/api";
import { keys } from "@/lib/client/keys";
import { useLiveEvent } from "@/lib/client/live";
import { undoGroup } from "@/lib/client/mutations";
import { queries } from "@/lib/client/queries";
import { checkSentence, jobTitle, stageOf, type RevertJob } from "./follow-job";
import { putAway, usePutAway } from "./put-away";

const STILL_NEWS_MS = 3_600_000;
const WATCH_MS = 2000;

/** Reverts that go on beside the page, and what came of the latest; whoever left comes back to them here. */
export function RevertJobs({ nowMs }: { readonly nowMs: number }) {
  const client = useQueryClient();
  const away = usePutAway();
  const jobs = useQuery({
    ...queries.revertJobs(),
    refetchInterval: ({ state }) =>
      state.data?.items.some((job) => job.state === "running") ? WATCH_MS : false,
  });
  const onProgress = useCallback(
    (news: unknown) => {
      if (typeof news !== "object" || news === null || !("job" in news) || news.job !== "revert") return;
      // The server publishes these fields of the job; the rest comes with the next look.
      const moved = { ...news } as Partial<RevertJob>;
      client.setQueryData<CallOutput<"reverts.list">>(
        keys.reverts.jobs,
        (known) =>
          known && { items: known.items.map((job) => (job.id === moved.id ? { ...job, ...moved } : job)) },
      );
      if (moved.state !== "running") void client.invalidateQueries({ queryKey: keys.reverts.jobs });
    },
    [client],
  );
  useLiveEvent("progress", onProgress);
  const shown = (jobs.data?.items ?? []).filter(
    ({ id, endedAt }) => endedAt === null || (!away.has(id) && nowMs - Date.parse(endedAt) < STILL_NEWS_MS),
  );
  if (shown.length === 0) return null;
  return (
    <section aria-label="Reverts beside this page" className="flex flex-col gap-2">
      {shown.map((job) => (
        <JobCard key={job.id} job={job} />
      ))}
    </section>
  );
}

function JobCard({ job }: { readonly job: RevertJob }) {
  const isRunning = job.state === "running";
  const isRight = job.state === "done" && job.check?.ok !== false;
  const check = checkSentence(job);
  return (
    <article
      aria-label={jobTitle(job)}
      className="flex flex-wrap items-start gap-x-3 gap-y-2 rounded-lg border border-line bg-surface px-4 py-3 shadow-card"
    >
      <span aria-hidden className="mt-0.5 [&_svg]:size-4">
        {isRunning ? (
          <Spinner />
        ) : isRight ? (
          <ShieldCheck className="text-accent" />
        ) : (
          <TriangleAlert className="text-loss" />
        )}
      </span>
      <div className="min-w-0 flex-1 basis-64 text-sm">
        <p className="font-medium">{jobTitle(job)}</p>
        {job.reason === null ? null : <p className="text-muted">“{job.reason}”</p>}
        {isRunning ? <Progress job={job} /> : null}
        {job.error === null ? null : <p className="text-loss">{job.error}</p>}
        {check === null ? null : <p role="status">{check}</p>}
        {job.check?.mismatches.map((mismatch) => (
          <p key={mismatch} className="font-mono text-xs break-words text-loss">
            {mismatch}
          </p>
        ))}
      </div>
      {isRunning ? null : <JobActs job={job} />}
    </article>
  );
}

function Progress({ job }: { readonly job: RevertJob }) {
  const { stage, done, total } = job;
  const share = stage === "checking" && total !== null && total > 0 ? done / total : null;
  return (
    <div className="mt-1.5 flex flex-col gap-1">
      <div
        role="progressbar"
        aria-label={jobTitle(job)}
        aria-valuetext={stageOf(job)}
        {...(share === null
          ? {}
          : { "aria-valuenow": Math.round(share * 100), "aria-valuemin": 0, "aria-valuemax": 100 })}
        className="h-1.5 overflow-hidden rounded-full bg-hover"
      >
        <div
          className={
            share === null
              ? "forced-mark h-full w-1/3 animate-pulse bg-accent-mark"
              : "forced-mark h-full bg-accent-mark"
          }
          style={share === null ? undefined : { width: `${share * 100}%` }}
        />
      </div>
      <p className="num text-xs text-muted">{stageOf(job)}. This page may be left; it goes on.</p>
    </div>
  );
}

function JobActs({ job }: { readonly job: RevertJob }) {
  const client = useQueryClient();
  const [isUndoing, setUndoing] = useState(false);
  const { groupId } = job;
  const undo = (group: string) => {
    setUndoing(true);
    undoGroup(client, group)
      .then(
        () => putAway(job.id),
        (error: unknown) => showFailure("It could not be undone", error),
      )
      .finally(() => setUndoing(false));
  };
  return (
    <span className="flex items-center gap-1 max-sm:ml-auto">
      {groupId === null ? null : (
        <>
          <Button size="sm" variant="ghost" asChild>
            <Link href={`/timeline?group=${groupId}`}>Its changes</Link>
          </Button>
          <Button size="sm" busy={isUndoing} onClick={() => undo(groupId)}>
            {isUndoing ? null : <Undo2 aria-hidden />}
            Undo
          </Button>
        </>
      )}
      <IconButton label="Put this notice away" size="sm" onClick={() => putAway(job.id)}>
        <X aria-hidden />
      </IconButton>
    </span>
  );
}
