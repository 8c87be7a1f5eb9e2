import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

export interface CardProps extends Omit<ComponentProps<"section">, "title"> {
  readonly title?: ReactNode;
  readonly description?: ReactNode;
  /** Controls at the right of the title. */
  readonly actions?: ReactNode;
  /** The body reaches the edges: for tables and lists. */
  readonly flush?: boolean;
}

export function Card({
  title,
  description,
  actions,
  flush = false,
  className,
  children,
  ...props
}: CardProps) {
  return (
    <section
      className={cn("min-w-0 rounded-lg border border-line bg-surface shadow-card", className)}
      {...props}
    >
      {title || actions ? (
        <header className="flex flex-wrap items-start gap-x-3 gap-y-2 px-(--card-pad) pt-(--card-pad) pb-3">
          <div className="min-w-0 flex-1 basis-40">
            {title ? <h2 className="text-sm font-semibold">{title}</h2> : null}
            {description ? <p className="text-xs text-muted">{description}</p> : null}
          </div>
          {actions ? <div className="flex items-center gap-1.5">{actions}</div> : null}
        </header>
      ) : null}
      <div
        className={cn(
          !flush && "px-(--card-pad) pb-(--card-pad)",
          !flush && !title && !actions && "pt-(--card-pad)",
        )}
      >
        {children}
      </div>
    </section>
  );
}
