"use client";

import type { CallOutput } from "@/lib/client/api";
import {
  confidenceTrend,
  formatConfidence,
  formatConfidenceDelta,
  type Trend,
} from "@/lib/format/confidence";
import { formatCount, formatPercent, formatPoints, formatSigned, MISSING, plural } from "@/lib/format/number";
import { StatTile } from "../charts/stat-tile";
import { GlossaryPopover } from "../ui/glossary-popover";
import { usePreferences } from "../ui/preferences";
import { daysFrom } from "./young-store";

export interface OverviewTilesProps {
  readonly overview: CallOutput<"metrics.overview">;
  /** Loaded apart; its tile has no line until it is there. */
  readonly learning: CallOutput<"metrics.learning"> | undefined;
  /** Where the lines of a young store begin. */
  readonly fromDay: string | undefined;
}

const SHARE: readonly [number, number] = [0, 1];

/** The four numbers: how much there is, how far it is believed, how often it helps, and what is in dispute. */
export function OverviewTiles({ overview, learning, fromDay }: OverviewTilesProps) {
  const { confidenceScale: scale } = usePreferences();
  const { counts, activePerDay, medianConfidence, usefulness } = overview;
  const confidenceBand = daysFrom(overview.confidenceBand, fromDay);
  const active = daysFrom(activePerDay, fromDay).map((day) => day.active);
  // A day without memories has no median; its zero would read as distrust.
  const median = confidenceBand.map((day) => (day.memories > 0 ? day.p50 : null));
  const outcomes = daysFrom(learning?.days ?? [], fromDay).map((day) => day.meanOutcome);
  const [firstMedian, firstOutcome] = [median.find(isKnown), outcomes.find(isKnown)];
  const added = (active.at(-1) ?? 0) - (active[0] ?? 0);
  const asText = (delta: number) => formatConfidenceDelta(delta, scale);
  return (
    <section
      aria-label="The memory in four numbers"
      className="grid grid-cols-2 gap-(--page-gap) max-sm:gap-3 xl:grid-cols-4"
    >
      <StatTile
        label="Active memories"
        figure={formatCount(counts.active)}
        delta={{ text: formatSigned(added, 0), trend: trendOf(added), since: "in this range" }}
        readings={active}
      />
      <StatTile
        label={<GlossaryPopover term="confidence">Median confidence</GlossaryPopover>}
        figure={medianConfidence === null ? MISSING : formatConfidence(medianConfidence, scale)}
        {...deltaOf({ first: firstMedian, now: medianConfidence, asText })}
        readings={median}
        range={SHARE}
      />
      <StatTile
        label={<GlossaryPopover term="usefulness">Usefulness</GlossaryPopover>}
        figure={formatPercent(usefulness)}
        {...deltaOf({ first: firstOutcome, now: usefulness, asText: formatPoints })}
        {...(usefulness === null
          ? { note: "No recall was judged in this range." }
          : { readings: outcomes, range: SHARE })}
      />
      <StatTile
        label="Contested"
        figure={formatCount(counts.contested)}
        note={
          counts.contested === 0
            ? "No two memories contradict each other."
            : plural(counts.contested, "memory", "memories") + " in dispute."
        }
      />
    </section>
  );
}

interface Compared {
  readonly first: number | undefined;
  readonly now: number | null;
  readonly asText: (delta: number) => string;
}

function deltaOf({ first, now, asText }: Compared) {
  if (first === undefined || now === null) return {};
  const trend = confidenceTrend(first, now);
  if (trend === "flat") return { delta: { text: "steady", trend, since: "in this range" } };
  return { delta: { text: asText(now - first), trend, since: "in this range" } };
}

function trendOf(delta: number): Trend {
  if (delta === 0) return "flat";
  return delta > 0 ? "up" : "down";
}

function isKnown(reading: number | null): reading is number {
  return reading !== null;
}
