"use client";

import { Check, TriangleAlert, Undo2 } from "lucide-react";
import Link from "next/link";
import { useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from "react";
import { toast } from "sonner";
import { Button } from "./button";
import { cn } from "./cn";
import { describeFailure } from "./failure";
import { Kbd } from "./kbd";
import { startPausableTimer, type PausableTimer } from "./pausable-timer";

export interface UndoToast {
  /** What was done, in the past tense and with its count: "Archived 214 memories". */
  readonly message: string;
  readonly onUndo: () => Promise<unknown>;
  /** The entry on the timeline, so that undo outlives the toast. */
  readonly timelineHref: string;
}

export const UNDO_WINDOW_MS = 10_000;
/** Oldest first; `z` takes the last. */
let offered: readonly (() => void)[] = [];
const listeners = new Set<() => void>();

function offer(next: typeof offered): void {
  offered = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Says what was done and offers to take it back for ten seconds, longer while it is hovered or focused. */
export function showUndo(undo: UndoToast): void {
  toast.custom((id) => <UndoCard id={id} undo={undo} />, { duration: Infinity });
}

/** What the key `z` does; false when there is nothing left to undo here. */
export function undoLatest(): boolean {
  const undo = offered.at(-1);
  undo?.();
  return undo !== undefined;
}

export function showDone(message: string): void {
  toast.custom(() => <ToastFrame icon={<Check className="text-gain" />}>{message}</ToastFrame>, {
    duration: 4000,
  });
}

export function showFailure(title: string, error: unknown): void {
  const failure = describeFailure(error);
  toast.custom(
    () => (
      <ToastFrame icon={<TriangleAlert className="text-loss" />}>
        <span className="block font-medium">{title}</span>
        <span className="block text-muted">{failure.message}</span>
        {failure.requestId ? (
          <code className="font-mono text-2xs text-muted">{failure.requestId}</code>
        ) : null}
      </ToastFrame>
    ),
    { duration: UNDO_WINDOW_MS },
  );
}

interface UndoCardProps {
  readonly id: string | number;
  readonly undo: UndoToast;
}

type UndoPhase = "offered" | "undoing" | "failed";

function UndoCard({ id, undo }: UndoCardProps) {
  const [phase, setPhase] = useState<UndoPhase>("offered");
  const timer = useDismissTimer(id);
  const run = () => {
    if (phase !== "offered") return;
    timer.current?.stop();
    setPhase("undoing");
    undo.onUndo().then(
      () => {
        toast.dismiss(id);
        showDone("Undone");
      },
      () => setPhase("failed"),
    );
  };
  const isLatest = useLatestUndo(run);
  return (
    <div
      onMouseEnter={() => timer.current?.pause()}
      onMouseLeave={() => timer.current?.resume()}
      onFocus={() => timer.current?.pause()}
      onBlur={() => timer.current?.resume()}
    >
      <ToastFrame
        icon={phase === "failed" ? <TriangleAlert className="text-loss" /> : <Check className="text-gain" />}
      >
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="min-w-32 flex-1">
            {phase === "failed" ? "Could not be undone from here." : undo.message}
          </span>
          <Link
            href={undo.timelineHref}
            className="rounded-xs text-accent underline-offset-2 hover:underline"
          >
            Timeline
          </Link>
          {phase === "failed" ? null : (
            <Button
              size="sm"
              onClick={run}
              busy={phase === "undoing"}
              aria-keyshortcuts={isLatest ? "z" : undefined}
            >
              {phase === "undoing" ? null : <Undo2 aria-hidden />}
              Undo
              {isLatest ? <Kbd keys={["z"]} /> : null}
            </Button>
          )}
        </span>
      </ToastFrame>
    </div>
  );
}

function useDismissTimer(id: string | number) {
  const timer = useRef<PausableTimer | null>(null);
  useEffect(() => {
    timer.current = startPausableTimer(UNDO_WINDOW_MS, () => toast.dismiss(id));
    return () => timer.current?.stop();
  }, [id]);
  return timer;
}

/** Puts the act behind the key for as long as the toast stands; true while it is the one that the key takes. */
function useLatestUndo(run: () => void): boolean {
  const own = useRef(run);
  const [act] = useState(() => () => own.current());
  useEffect(() => {
    own.current = run;
  });
  useEffect(() => {
    offer([...offered, act]);
    return () => offer(offered.filter((other) => other !== act));
  }, [act]);
  return useSyncExternalStore(
    subscribe,
    () => offered.at(-1) === act,
    () => false,
  );
}

interface ToastFrameProps {
  readonly icon: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}

function ToastFrame({ icon, children, className }: ToastFrameProps) {
  return (
    <div
      className={cn(
        "flex w-(--width) items-start gap-2.5 rounded-lg border border-line-strong bg-overlay px-3 py-2.5 text-sm text-ink shadow-float max-sm:w-full",
        className,
      )}
    >
      <span aria-hidden className="mt-0.5 [&_svg]:size-4">
        {icon}
      </span>
      <div className="min-w-0 flex-1 leading-6">{children}</div>
    </div>
  );
}
