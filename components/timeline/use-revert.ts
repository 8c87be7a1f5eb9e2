"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { showDone, showFailure, showUndo } from "@/components/ui/undo-toast";
import { call } from "@/lib/client/api";
import type { RevertInput, StartRevertInput } from "@/lib/client/keys";
import { undoGroup, useVerb, verbs } from "@/lib/client/mutations";
import { plural } from "@/lib/format/number";
import { isSimple, type RevertTarget } from "./revert-target";

/** Takes back and says so, with an undo that outlives the component. */
export function useRevert(onDone?: () => void) {
  const client = useQueryClient();
  const verb = useVerb(verbs.revert);
  const start = useVerb(verbs.startRevert);
  const act = async (body: NonNullable<RevertInput>, isRedo = false) => {
    const done = await verb.mutateAsync({ body });
    const { groupId } = done;
    if (groupId === null) showDone("Nothing was left to take back");
    else {
      showUndo({
        message: `${isRedo ? "Redid" : "Reverted"} ${plural(done.reverted.length, "change")}`,
        onUndo: () => undoGroup(client, groupId),
        timelineHref: `/timeline?group=${groupId}`,
      });
    }
    onDone?.();
    if (done.reverted.length >= WORTH_A_CHECK) void check();
    return done;
  };
  /** For thousands of changes: answered at once, and followed for as long as this tab is open, whatever page it shows. */
  const begin = async (body: NonNullable<StartRevertInput>) => {
    const { job } = await start.mutateAsync({ body });
    onDone?.();
    // Fetched when it is needed: most pages that can revert never take back so much.
    void import("./follow-job").then(({ followJob }) => followJob(client, job.id));
  };
  return { act, begin, isPending: verb.isPending || start.isPending, error: verb.error };
}

/** From so many changes on, a person wants to be told that all of it is as it should be. */
const WORTH_A_CHECK = 10;

/** Recomputes the chain, the fold from nothing and the projection, and says what came of it. */
async function check(): Promise<void> {
  try {
    const { ok, head, fold } = await call("verify", {});
    if (!ok)
      throw new Error(
        "What is shown and what the ledger says differ. Run `npm run verify` and look at Settings.",
      );
    showDone(
      `Checked: ledger, fold and projection agree on ${plural(fold.targets, "target")} at #${head.seq}`,
    );
  } catch (error) {
    showFailure("The check afterwards failed", error);
  }
}

/**
 * One click: looks first, acts at once where little hangs on it, and otherwise leaves the target for the dialog.
 * `const quick = useQuickRevert(); quick.run({changeIds: [id]}); <RevertDialog target={quick.pending} …/>`.
 */
export function useQuickRevert(onDone?: () => void) {
  const [pending, setPending] = useState<RevertTarget | null>(null);
  const [isRedo, setRedo] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const [busyKey, setBusyKey] = useState<string | null>(null);
  const { act } = useRevert(onDone);
  const ask = (target: RevertTarget, redo = false) => {
    setPending(target);
    setRedo(redo);
    setOpen(true);
  };
  const run = async (target: RevertTarget, { key = "", redo = false } = {}) => {
    setBusyKey(key);
    try {
      const preview = await call("reverts.create", { body: { ...target, dryRun: true } });
      if (isSimple(preview)) await act(target, redo);
      else ask(target, redo);
    } catch (error) {
      showFailure("It could not be taken back", error);
    } finally {
      setBusyKey(null);
    }
  };
  return { run, ask, pending, isRedo, isOpen, setOpen, busyKey };
}
