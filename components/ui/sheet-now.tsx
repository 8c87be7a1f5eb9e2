"use client";

import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { IconButton } from "./icon-button";
import { useReturnedFocus } from "./use-returned-focus";

export interface SheetProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
  /** Buttons before the close button, such as "open in full" or previous and next. */
  readonly actions?: ReactNode;
  /** A peek leaves the page behind it usable, so that j and k step through the list while it is open. */
  readonly peek?: boolean;
  readonly side?: "right" | "left";
  readonly className?: string;
}

export function Sheet(props: SheetProps) {
  const {
    open,
    onOpenChange,
    title,
    description,
    children,
    footer,
    actions,
    peek = false,
    side = "right",
  } = props;
  const returned = useReturnedFocus();
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange} modal={!peek}>
      <Primitive.Portal>
        {peek ? null : <Primitive.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />}
        <Primitive.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          {...(peek ? peekBehaviour : returned)}
          className={cn(
            "fixed inset-y-0 z-50 flex w-full flex-col border-line-strong bg-overlay shadow-peek focus:outline-none sm:w-[min(34rem,92vw)]",
            side === "right" ? "right-0 animate-slide-in border-l" : "left-0 animate-fade border-r",
            props.className,
          )}
        >
          <div className="flex items-start gap-2 border-b border-line px-4 py-2.5">
            <div className="min-w-0 flex-1 py-0.5">
              <Primitive.Title className="truncate text-base font-semibold">{title}</Primitive.Title>
              {description ? (
                <Primitive.Description className="text-xs text-muted">{description}</Primitive.Description>
              ) : null}
            </div>
            {actions}
            <Primitive.Close asChild>
              <IconButton label="Close" keys={["Esc"]} size="sm" tooltipSide="bottom">
                <X aria-hidden />
              </IconButton>
            </Primitive.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-4">{children}</div>
          {footer ? <footer className="flex gap-2 border-t border-line px-4 py-3">{footer}</footer> : null}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

// Focus stays in the list that the peek belongs to, and a click there changes the peek instead of closing it.
const peekBehaviour = {
  onOpenAutoFocus: (event: Event) => event.preventDefault(),
  onCloseAutoFocus: (event: Event) => event.preventDefault(),
  onInteractOutside: (event: Event) => event.preventDefault(),
} as const;
