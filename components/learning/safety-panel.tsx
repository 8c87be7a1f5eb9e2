"use client";

import { useQuery } from "@tanstack/react-query";
import { Radar, ShieldCheck, Undo2 } from "lucide-react";
import { queries } from "@/lib/client/queries";
import type { CallOutput } from "@/lib/client/api";
import type { RevertTarget } from "../timeline/revert-target";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { DataPanel } from "../ui/data-panel";
import { EmptyState } from "../ui/empty-state";
import { GlossaryPopover } from "../ui/glossary-popover";
import { Quarantined } from "./quarantined";
import { Suspects } from "./suspects";

export type Safety = CallOutput<"metrics.safety">;

export interface SafetyPanelProps {
  readonly onTakeBack: (target: RevertTarget) => void;
}

/** Who speaks against which memory, what is held back, and what looks like an attack. A person decides each. */
export function SafetyPanel({ onTakeBack }: SafetyPanelProps) {
  const safety = useQuery(queries.safety());
  const failureTitle = "Safety could not be loaded";
  return (
    <div className="flex flex-col gap-(--page-gap)">
      <Card
        flush
        className="overflow-hidden"
        title={<GlossaryPopover term="harmTest">Proposed for quarantine</GlossaryPopover>}
        description="Their outcomes are bad enough that harm is likelier than help. A memory in quarantine is kept, and shown to no model."
      >
        <DataPanel
          query={safety}
          className="border-t border-line"
          failureTitle={failureTitle}
          isEmpty={({ suspects }) => suspects.length === 0}
          empty={
            <None title="No memory is suspected">
              What outcomes say against a memory is weighed with each one.
            </None>
          }
        >
          {({ suspects }) => <Suspects suspects={suspects} />}
        </DataPanel>
      </Card>
      <Card flush className="overflow-hidden" title="In quarantine">
        <DataPanel
          query={safety}
          className="border-t border-line"
          failureTitle={failureTitle}
          isEmpty={({ quarantined }) => quarantined.length === 0}
          empty={
            <None title="Nothing is held back">
              Texts from outside that speak to their reader are put here by themselves.
            </None>
          }
        >
          {({ quarantined }) => <Quarantined quarantined={quarantined} onTakeBack={onTakeBack} />}
        </DataPanel>
      </Card>
      <Card
        flush
        className="overflow-hidden"
        title={<GlossaryPopover term="anomaly">Anomalies</GlossaryPopover>}
        description="What looks like somebody trying to steer the memory. Each can have a good reason; it is flagged, never acted on."
      >
        <DataPanel
          query={safety}
          className="border-t border-line"
          failureTitle={failureTitle}
          isEmpty={({ anomalies }) => anomalies.length === 0}
          empty={
            <None title="Nothing stands out">
              Crowding, answers to everything, and bursts are looked for among the newest recalls and changes.
            </None>
          }
        >
          {({ anomalies }) => <Anomalies anomalies={anomalies} onTakeBack={onTakeBack} />}
        </DataPanel>
      </Card>
    </div>
  );
}

function None({ title, children }: { readonly title: string; readonly children: string }) {
  return (
    <EmptyState icon={ShieldCheck} title={title} className="py-6">
      {children}
    </EmptyState>
  );
}

function Anomalies({ anomalies, onTakeBack }: Pick<Safety, "anomalies"> & SafetyPanelProps) {
  return (
    <ul aria-label="Anomalies" className="divide-y divide-line">
      {anomalies.map((anomaly) => (
        <li
          key={anomaly.title}
          className="flex flex-wrap items-center gap-x-3 gap-y-2 px-(--card-pad) py-3 compact:py-2"
        >
          <Radar aria-hidden className="size-4 shrink-0 text-contested" />
          <div className="min-w-0 flex-1 basis-60">
            <p className="text-sm font-medium text-pretty break-words">{anomaly.title}</p>
            <p className="text-xs text-muted">{anomaly.detail}</p>
          </div>
          <Button size="sm" onClick={() => onTakeBack({ select: anomaly.select })}>
            <Undo2 aria-hidden />
            Take back…
          </Button>
        </li>
      ))}
    </ul>
  );
}
