import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

export interface EmptyStateProps {
  readonly icon?: LucideIcon;
  readonly title: ReactNode;
  /** Why it is empty, in a sentence. */
  readonly children?: ReactNode;
  /** The one action that fills it. */
  readonly action?: ReactNode;
  readonly className?: string;
}

export function EmptyState({ icon: Icon, title, children, action, className }: EmptyStateProps) {
  return (
    <div className={cn("flex flex-col items-center justify-center gap-3 px-4 py-10 text-center", className)}>
      {Icon ? (
        <span className="flex size-10 items-center justify-center rounded-lg border border-line bg-sunken text-muted">
          <Icon aria-hidden className="size-5" strokeWidth={1.6} />
        </span>
      ) : null}
      <div className="flex max-w-md flex-col gap-1">
        <p className="text-base font-medium">{title}</p>
        {children ? <div className="text-sm text-pretty text-muted">{children}</div> : null}
      </div>
      {action ? <div className="mt-1 flex w-full max-w-lg flex-col items-center gap-2">{action}</div> : null}
    </div>
  );
}
