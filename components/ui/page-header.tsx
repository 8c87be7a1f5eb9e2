import type { ReactNode } from "react";
import { cn } from "./cn";

export interface PageHeaderProps {
  readonly title: ReactNode;
  /** What can be decided here, in a sentence. */
  readonly description?: ReactNode;
  /** Beside the title: a count or a status. */
  readonly aside?: ReactNode;
  /** Above the title: where this lies. */
  readonly crumbs?: ReactNode;
  readonly actions?: ReactNode;
  readonly className?: string;
}

export function PageHeader({ title, description, aside, crumbs, actions, className }: PageHeaderProps) {
  return (
    <header className={cn("flex flex-wrap items-end gap-x-4 gap-y-3", className)}>
      {/* On a narrow screen a sentence takes the whole line, and what can be done goes below it. */}
      <div className={cn("min-w-0 flex-1", description ? "basis-80" : "basis-48")}>
        {crumbs ? (
          <nav aria-label="Breadcrumb" className="mb-1 text-xs text-muted">
            {crumbs}
          </nav>
        ) : null}
        <div className="flex flex-wrap items-baseline gap-x-2.5">
          <h1 className="text-xl font-semibold">{title}</h1>
          {aside ? <span className="num text-sm text-muted">{aside}</span> : null}
        </div>
        {description ? <p className="max-w-prose text-sm text-pretty text-muted">{description}</p> : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </header>
  );
}

/** The page's column: same gaps everywhere, as wide as its content needs. */
export function Page({ children, wide = false }: { readonly children: ReactNode; readonly wide?: boolean }) {
  return (
    <div
      className={cn(
        "mx-auto flex w-full flex-col gap-(--page-gap) px-4 py-5 sm:px-6 lg:px-8",
        wide ? "" : "max-w-6xl",
      )}
    >
      {children}
    </div>
  );
}
