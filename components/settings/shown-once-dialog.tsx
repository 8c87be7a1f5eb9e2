"use client";

import type { ReactNode } from "react";

import { Button } from "../ui/button";
import { CodeBlock } from "../ui/code-block";
import { Dialog } from "../ui/dialog";

export interface ShownOnceDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  /** What it asks before anything is made. `form` is the id of the form among the children; without one, `onConfirm` is called. */
  readonly asks: {
    readonly title: string;
    readonly description: string;
    readonly action: string;
    readonly form?: string;
    readonly onConfirm?: () => void;
  };
  readonly busy: boolean;
  /** What was made, of which only a hash is kept; null while it is still asked for. */
  readonly made: {
    readonly title: string;
    readonly description: string;
    readonly label: string;
    readonly code: string;
  } | null;
  readonly children?: ReactNode;
}

/** Asks, then shows a secret or a link, once. */
export function ShownOnceDialog({ open, onClose, asks, busy, made, children }: ShownOnceDialogProps) {
  const { title, description } = made ?? asks;
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => (next ? undefined : onClose())}
      title={title}
      description={description}
      footer={
        made ? (
          <Button variant="primary" onClick={onClose}>
            I have copied it
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button
              variant="primary"
              busy={busy}
              {...(asks.form === undefined
                ? { onClick: asks.onConfirm }
                : { type: "submit", form: asks.form })}
            >
              {asks.action}
            </Button>
          </>
        )
      }
    >
      {made ? <CodeBlock label={made.label} code={made.code} /> : children}
    </Dialog>
  );
}
