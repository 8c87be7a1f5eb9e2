import type { QueryClient } from "@tanstack/react-query";
import { showFailure, showUndo } from "@/components/ui/undo-toast";
import { call, type CallOutput } from "@/lib/client/api";
import { keys, ledgerRungs } from "@/lib/client/keys";
import { undoGroup } from "@/lib/client/mutations";
import { formatCount, plural } from "@/lib/format/number";

export type RevertJob = CallOutput<"reverts.list">["items"][number];

const LOOK_MS = 700;
/** A server that is away for longer has lost the job with what it held in memory. */
const MOST_SILENT_LOOKS = 40;

/** Looks after a revert that goes on beside its request until it has ended, and says what came of it on whatever page is open then. */
export async function followJob(client: QueryClient, id: string): Promise<void> {
  let silent = 0;
  while (silent < MOST_SILENT_LOOKS) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    const found = await call("reverts.list", {}).catch(() => null);
    silent = found === null ? silent + 1 : 0;
    if (found === null) continue;
    client.setQueryData(keys.reverts.jobs, found);
    const job = found.items.find((item) => item.id === id);
    if (job?.state === "running") continue;
    if (job !== undefined) tell(client, job);
    await Promise.all(
      [...ledgerRungs, keys.parameters.all].map((queryKey) => client.invalidateQueries({ queryKey })),
    );
    return;
  }
}

function tell(client: QueryClient, job: RevertJob): void {
  const { groupId, check } = job;
  if (job.state === "failed") showFailure("It was not taken back", new Error(job.error ?? ""));
  else if (check !== null && !check.ok)
    showFailure("The check afterwards found differences", new Error("The timeline says which."));
  else if (groupId !== null)
    showUndo({
      message: `${jobTitle(job)}. Verified.`,
      onUndo: () => undoGroup(client, groupId),
      timelineHref: `/timeline?group=${groupId}`,
    });
}

/** What it does or did, in one line. */
export function jobTitle({ state, stage, reverted, suspended, resumed, total }: RevertJob): string {
  if (state === "failed") return "Nothing was taken back";
  if (state === "running")
    return stage === "choosing" || total === null
      ? "Taking changes back"
      : `Taking back ${plural(stage === "writing" ? total : reverted, "change")}`;
  const beside = [
    ...(suspended > 0 ? [`${formatCount(suspended)} suspended with them`] : []),
    ...(resumed > 0 ? [`${formatCount(resumed)} in force again`] : []),
  ];
  return [`Reverted ${plural(reverted, "change")}`, ...beside].join(", ");
}

const stageWords = {
  choosing: () => "Finding what it takes out",
  writing: () => "Writing, as one transaction: all of it or none",
  checking: ({ done, total }: RevertJob) =>
    `Checking what it touched: ${formatCount(done)} of ${formatCount(total ?? 0)}`,
  done: () => "Done",
} as const;

export const stageOf = (job: RevertJob): string => stageWords[job.stage](job);

/** What the check afterwards looked at; null while there is none. */
export function checkSentence({ check }: Pick<RevertJob, "check">): string | null {
  if (check === null) return null;
  if (!check.ok)
    return `${plural(check.mismatches.length, "difference")} between the ledger and what is shown. Run \`npm run verify\`.`;
  const index = check.indexed === null ? "" : " and the search index";
  return `Verified: the digests of ${plural(check.changes, "new change")}, the fold of ${plural(check.targets, "target")}, the lists${index} agree.`;
}
