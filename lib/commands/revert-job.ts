import { newPlainId, type Context } from "./context";
import { publish } from "@/lib/store/feed";
import { Refusal } from "@/lib/domain/errors";
import { revert } from "./revert";
import { targetKey } from "@/lib/domain/ledger/change";
import { verifyTouched, type Touched } from "@/lib/queries/verify-touched";
import type { Appended } from "@/lib/store/append";
import type { CreateRevertIn, RevertJobOut } from "@/lib/contracts/change";
import { seqOf, type Millis, type WorkspaceId } from "@/lib/domain/ids";

/**
 * A revert that goes on after its request was answered. What it writes is one transaction like any other, so a server that stops
 * in the middle leaves nothing of it; the job itself is only how far it has come, and is kept in memory.
 */
type Job = { -readonly [Field in keyof RevertJobOut]: RevertJobOut[Field] };

/** So many that ended are still shown, newest first. */
const KEPT = 10;

// Kept on globalThis, because Next may load a module once per route.
const held = globalThis as { palimpsestRevertJobs?: Map<WorkspaceId, Job[]> };

function jobsOf(workspaceId: WorkspaceId): Job[] {
  held.palimpsestRevertJobs ??= new Map();
  const own = held.palimpsestRevertJobs.get(workspaceId) ?? [];
  held.palimpsestRevertJobs.set(workspaceId, own);
  return own;
}

/** Those of this process, newest first. */
export const listRevertJobs = ({ workspaceId }: Pick<Context, "workspaceId">) => ({
  items: jobsOf(workspaceId).map((job) => ({ ...job })),
});

/** Begins a revert and answers at once. One runs at a time: a second would only wait for the ledger that the first holds. */
export async function startRevert(ctx: Context, input: CreateRevertIn): Promise<{ job: RevertJobOut }> {
  const jobs = jobsOf(ctx.workspaceId);
  const running = jobs.find((job) => job.state === "running");
  if (running !== undefined)
    throw new Refusal("conflict", "Another revert is running. Wait until it is done.", {
      extra: { jobId: running.id },
    });
  const job = newJob(ctx, input);
  jobs.unshift(job);
  jobs.splice(KEPT);
  const begun = { ...job };
  void carryOut(ctx, input, job);
  return Promise.resolve({ job: begun });
}

function newJob(ctx: Context, input: CreateRevertIn): Job {
  return {
    id: newPlainId(),
    state: "running",
    stage: "choosing",
    done: 0,
    total: null,
    startedAt: iso(ctx.now()),
    endedAt: null,
    reason: input.reason ?? null,
    groupId: null,
    reverted: 0,
    suspended: 0,
    resumed: 0,
    check: null,
    error: null,
  };
}

/** Never rejects: nobody waits for it. */
async function carryOut(ctx: Context, input: CreateRevertIn, job: Job): Promise<void> {
  const tell = (news: Partial<Job>) => {
    Object.assign(job, news);
    const { id, state, stage, done, total } = job;
    publish(ctx.workspaceId, { type: "progress", data: { job: "revert", id, state, stage, done, total } });
  };
  try {
    const written: { append?: Appended } = {};
    const answer = await revert(ctx, input, {
      onChosen: (total) => tell({ stage: "writing", total }),
      onApplied: (append) => (written.append = append),
    });
    const { groupId, reverted, suspended, resumed } = answer;
    const counts = { reverted: reverted.length, suspended: suspended.length, resumed: resumed.length };
    const touched = groupId === null || !written.append ? null : touchedBy(written.append, reverted);
    tell({ ...counts, groupId, stage: "checking", done: 0, total: touched?.targets.length ?? 0 });
    const check = touched === null ? null : await verifyTouched(ctx, touched, (done) => tell({ done }));
    tell({ state: "done", stage: "done", check, endedAt: iso(ctx.now()) });
  } catch (error) {
    if (!(error instanceof Refusal)) console.error("A revert beside a request failed:", error);
    tell({ state: "failed", error: messageOf(error, job), endedAt: iso(ctx.now()) });
  }
}

function messageOf(error: unknown, { groupId }: Job): string {
  if (groupId !== null) return "It was taken back, but the check afterwards failed; see the server's log.";
  return error instanceof Refusal
    ? error.message
    : "The server failed while it worked, and nothing was changed; see its log.";
}

function touchedBy(done: Appended, takenOut: readonly string[]): Touched {
  const targets = [...done.changes, ...done.statuses.map(({ change }) => change)].map((c) => c.target);
  return {
    after: seqOf(done.head - done.changes.length),
    upTo: done.head,
    targets: [...new Map(targets.map((target) => [targetKey(target), target])).values()],
    memories: [...done.memories.keys()],
    takenOut,
  };
}

const iso = (at: Millis): string => new Date(at).toISOString();
