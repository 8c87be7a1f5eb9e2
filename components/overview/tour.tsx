"use client";

import { X } from "lucide-react";
import Link from "next/link";
import { Card } from "../ui/card";
import { IconButton } from "../ui/icon-button";
import { useDismissed } from "./use-dismissed";

const steps = [
  { name: "Ask", text: "Recall something, as a model would.", href: "/recall" },
  { name: "Judge", text: "Say which answers helped.", href: "/recall" },
  { name: "See it move", text: "Watch the confidence follow.", href: "/memories?sort=updated" },
  { name: "Take it back", text: "Revert that one step alone.", href: "/timeline" },
] as const;

/** Four steps through the product, offered until it is dismissed, and never in the way. */
export function Tour() {
  const [isDismissed, dismiss] = useDismissed("tour");
  if (isDismissed) return null;
  return (
    <Card
      title="Try the loop once"
      actions={
        <IconButton label="Dismiss the tour" size="sm" onClick={dismiss}>
          <X aria-hidden />
        </IconButton>
      }
    >
      <ol className="grid gap-2 sm:grid-cols-2 lg:grid-cols-4">
        {steps.map((step, index) => (
          <li key={step.name}>
            <Link
              href={step.href}
              className="flex h-full items-start gap-2.5 rounded-md border border-line p-2.5 transition-colors hover:bg-hover"
            >
              <span
                aria-hidden
                className="num flex size-5 shrink-0 items-center justify-center rounded-full bg-accent-soft text-2xs font-semibold text-accent"
              >
                {index + 1}
              </span>
              <span className="min-w-0">
                <span className="block text-sm font-medium">{step.name}</span>
                <span className="block text-xs text-pretty text-muted">{step.text}</span>
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </Card>
  );
}
