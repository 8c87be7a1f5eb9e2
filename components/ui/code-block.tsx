"use client";

import { cn } from "./cn";
import { CopyButton } from "./copy-button";

export interface CodeBlockProps {
  readonly code: string;
  /** What it is, shown above it: "curl", "claude_desktop_config.json". */
  readonly label: string;
  readonly className?: string;
}

export function CodeBlock({ code, label, className }: CodeBlockProps) {
  return (
    <figure
      className={cn("w-full overflow-hidden rounded-lg border border-line bg-sunken text-left", className)}
    >
      <figcaption className="flex h-8 items-center justify-between border-b border-line pr-1 pl-3 text-xs text-muted">
        {label}
        <CopyButton text={code} label={`Copy ${label}`} size="sm" />
      </figcaption>
      <pre tabIndex={0} className="focus-inset overflow-x-auto p-3 font-mono text-xs leading-relaxed">
        <code>{code}</code>
      </pre>
    </figure>
  );
}
