"use client";

import { Eraser, ShieldCheck } from "lucide-react";
import Link from "next/link";
import type { RevertTarget } from "../timeline/revert-target";
import { Button } from "../ui/button";
import { RelativeTime } from "../ui/relative-time";
import type { Safety } from "./safety-panel";
import { useQuarantine } from "./use-quarantine";

export interface QuarantinedProps extends Pick<Safety, "quarantined"> {
  readonly onTakeBack: (target: RevertTarget) => void;
}

const reasons = {
  person: "Put here by a person",
  outcomes: "Outcomes speak against it",
  instructionLike: "Its text speaks to its reader like an instruction",
} as const;

/** What is held back, and why; what others learned beside it can be taken back from here, too. */
export function Quarantined({ quarantined, onTakeBack }: QuarantinedProps) {
  const quarantine = useQuarantine();
  return (
    <ul aria-label="In quarantine" className="divide-y divide-line">
      {quarantined.map(({ memoryId, label, at, why, reason }) => (
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
            <p className="text-xs text-muted">
              {reasons[why]}
              {reason === null ? null : <>: “{reason}”</>}, <RelativeTime at={at} focusable={false} />
            </p>
          </div>
          <div className="flex flex-wrap items-center gap-2">
            <Button size="sm" onClick={() => onTakeBack({ select: { shownWith: memoryId } })}>
              <Eraser aria-hidden />
              What others learned beside it…
            </Button>
            <Button
              size="sm"
              busy={quarantine.busyId === memoryId}
              onClick={() => void quarantine.set(memoryId, false)}
            >
              <ShieldCheck aria-hidden />
              Release
            </Button>
          </div>
        </li>
      ))}
    </ul>
  );
}
