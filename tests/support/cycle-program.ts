/**
 * A program for tests: runs a cycle that merges, quarantines and tunes, and says "at <stage> <moment>" on standard output
 * wherever it comes to. At the place it is told it stands still, to be killed there, or goes on when it says "slowly".
 * Arguments: workspace, stage, moment, "stop" or "on", ids of three memories.
 */
import { brand, millis, type WorkspaceId } from "@/lib/domain/ids";
import { mergeOf, proposing, quarantineOf, tuningOf } from "./cycles";
import { startCycle } from "@/lib/commands/cycle/start-cycle";

const [, , workspace = "", stage = "", moment = "", then = "stop", first = "", second = "", third = ""] =
  process.argv;
const ctx = { workspaceId: brand<WorkspaceId>(workspace), now: () => millis(Date.now()) };

const drafts = [mergeOf([first, second]), quarantineOf(third), tuningOf("time.halfLife.fact", 180, 200)];
const started = await startCycle(
  ctx,
  { trigger: "timer", actor: "system:timer" },
  proposing(drafts, {
    onStage: async (at, when) => {
      process.stdout.write(`at ${at} ${when}\n`);
      if (at === stage && when === moment && then === "stop")
        await new Promise((resolve) => setTimeout(resolve, 60_000));
    },
  }),
);
await started?.done;
process.stdout.write("through\n");
process.exit(0);
