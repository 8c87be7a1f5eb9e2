"use client";

import { ShieldAlert } from "lucide-react";
import Link from "next/link";
import { formatDecimal, plural } from "@/lib/format/number";
import { Button } from "../ui/button";
import type { Safety } from "./safety-panel";
import { useQuarantine } from "./use-quarantine";

/** Memories that outcomes speak against, the worst first. */
export function Suspects({ suspects }: Pick<Safety, "suspects">) {
  const quarantine = useQuarantine();
  return (
    <ul aria-label="Proposed for quarantine" className="divide-y divide-line">
      {suspects.map(({ memoryId, label, ratio, threshold, accusers }) => (
        <li
          key={memoryId}
          className="flex flex-wrap items-center gap-x-3 gap-y-2 px-(--card-pad) py-3 compact:py-2"
        >
          <div className="min-w-0 flex-1 basis-60">
            <Link
              href={`/memories/${memoryId}`}
              className="line-clamp-2 rounded-xs text-sm font-medium underline-offset-2 hover:underline"
            >
              {label}
            </Link>
            <p className="num text-xs text-muted">
              {plural(accusers, "independent source")} {accusers === 1 ? "speaks" : "speak"} against it; the
              test stands at {formatDecimal(ratio, 1)} nats, {formatDecimal(threshold, 1)} propose it.{" "}
              <Link
                href={`/learning?memory=${memoryId}`}
                className="rounded-xs text-accent underline-offset-2 hover:underline"
              >
                Its outcomes
              </Link>
            </p>
          </div>
          <Button
            size="sm"
            busy={quarantine.busyId === memoryId}
            onClick={() => void quarantine.set(memoryId, true)}
          >
            <ShieldAlert aria-hidden />
            Quarantine
          </Button>
        </li>
      ))}
    </ul>
  );
}
