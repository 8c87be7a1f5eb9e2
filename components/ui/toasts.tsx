"use client";

import { Check, TriangleAlert, Undo2 } from "lucide-react";
import Link from "next/link";
import { useEffect, useRef, useState, useSyncExternalStore, type CSSProperties, type ReactNode } from "react";
import { Toaster as Sonner, toast } from "sonner";
import { Button } from "./button";
import { cn } from "./cn";
import { describeFailure } from "./failure";
import { Kbd } from "./kbd";
import { startPausableTimer, type PausableTimer } from "./pausable-timer";
import { latestUndo, offerUndo, subscribeUndo } from "./undo-offers";
import { UNDO_WINDOW_MS, type UndoToast } from "./undo-toast";

// React's type of a style has no custom properties; the name is the one the toaster reads.
const width = { "--width": "400px", fontFamily: "inherit" } as CSSProperties;

/** F6 moves the focus into the toasts. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-right"
      expand
      hotkey={["F6"]}
      visibleToasts={4}
      gap={8}
      offset={16}
      mobileOffset={12}
      style={width}
      toastOptions={{ unstyled: true }}
      containerAriaLabel="Notices"
    />
  );
}

export function popUndo(undo: UndoToast): void {
  toast.custom((id) => <UndoCard id={id} undo={undo} />, { duration: Infinity });
}

export function popDone(message: string): void {
  toast.custom(() => <ToastFrame icon={<Check className="text-gain" />}>{message}</ToastFrame>, {
    duration: 4000,
  });
}

export function popFailure(title: string, error: unknown): void {
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
        popDone("Undone");
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
          {undo.timelineHref === undefined ? null : (
            <Link
              href={undo.timelineHref}
              className="rounded-xs text-accent underline-offset-2 hover:underline"
            >
              Timeline
            </Link>
          )}
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
  useEffect(() => offerUndo(act), [act]);
  return useSyncExternalStore(
    subscribeUndo,
    () => latestUndo() === act,
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
