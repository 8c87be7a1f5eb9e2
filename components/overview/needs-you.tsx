"use client";

import {
  CircleAlert,
  CircleCheck,
  CircleX,
  Clock,
  Cpu,
  Radar,
  RefreshCw,
  Scale,
  ShieldAlert,
  ShieldX,
  TrendingDown,
  TriangleAlert,
  type LucideIcon,
} from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { CallOutput } from "@/lib/client/api";
import { Kbd } from "../ui/kbd";
import { useShortcuts } from "../ui/use-shortcuts";

type Item = CallOutput<"metrics.overview">["needsYou"][number];

const MOST_KEYS = 9;

/** By kind; one that is not known here yet gets a general sign instead of none. */
const icons: Readonly<Partial<Record<string, LucideIcon>>> = {
  cycleWaiting: RefreshCw,
  cycleFailed: CircleX,
  contested: Scale,
  unsupported: TriangleAlert,
  outdated: Clock,
  lowConfidenceOftenUsed: TrendingDown,
  quarantined: ShieldAlert,
  harmful: ShieldX,
  anomaly: Radar,
  embedding: Cpu,
};

/** What waits for a person, most pressing first; the keys 1 to 9 open it. */
export function NeedsYou({ items }: { readonly items: readonly Item[] }) {
  const router = useRouter();
  useShortcuts(
    items.slice(0, MOST_KEYS).map((item, index) => ({
      keys: [String(index + 1)],
      label: item.title,
      group: "Needs you",
      run: () => router.push(item.href),
    })),
  );
  if (items.length === 0) {
    return (
      <p className="flex items-center gap-2 rounded-lg border border-line bg-surface px-(--card-pad) py-3 text-sm shadow-card">
        <CircleCheck aria-hidden className="size-4 text-muted" />
        Nothing waits for you.
      </p>
    );
  }
  return (
    <section
      aria-labelledby="needs-you"
      className="overflow-hidden rounded-lg border border-line bg-surface shadow-card"
    >
      <h2 id="needs-you" className="px-(--card-pad) pt-3 pb-1.5 text-sm font-semibold">
        Needs you
      </h2>
      <ol className="divide-y divide-line">
        {items.map((item, index) => (
          <NeedsYouRow key={item.kind} item={item} shortcut={index < MOST_KEYS ? String(index + 1) : null} />
        ))}
      </ol>
    </section>
  );
}

interface NeedsYouRowProps {
  readonly item: Item;
  readonly shortcut: string | null;
}

function NeedsYouRow({ item, shortcut }: NeedsYouRowProps) {
  const Icon = icons[item.kind] ?? CircleAlert;
  return (
    <li>
      <Link
        href={item.href}
        className="flex items-center gap-3 px-(--card-pad) py-(--row-y) focus-inset transition-colors hover:bg-hover"
      >
        <span className="flex size-8 shrink-0 items-center justify-center rounded-md bg-sunken text-muted">
          <Icon aria-hidden className="size-4" />
        </span>
        <span className="min-w-0 flex-1">
          <span className="block text-sm font-medium">{item.title}</span>
          <span className="block text-xs text-pretty text-muted">{item.detail}</span>
        </span>
        {shortcut ? (
          <span className="max-sm:hidden">
            <Kbd keys={[shortcut]} />
          </span>
        ) : null}
      </Link>
    </li>
  );
}
