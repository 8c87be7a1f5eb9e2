import { formatAbsolute } from "@/lib/format/time";
import { describeCounts, sumOf, type DensityBar } from "./density-shape";

/** The bars that are chosen, by their places: where it was begun, and the end that moves. */
export interface Brush {
  readonly from: number;
  readonly to: number;
}

export const isWithin = ({ from, to }: Brush, place: number): boolean =>
  place >= Math.min(from, to) && place <= Math.max(from, to);

/** What a key does to the brush; null for a key that is none of its. The first arrow begins at the newest bar. */
export function brushKey(
  { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean },
  brush: Brush | null,
  count: number,
): Brush | "apply" | "clear" | null {
  if (key === "Enter") return "apply";
  // Without a brush Escape belongs to whatever is around.
  if (key === "Escape") return brush === null ? null : "clear";
  const to = movedTo(key, brush, count);
  if (to === null) return null;
  return shiftKey && brush !== null ? { from: brush.from, to } : { from: to, to };
}

function movedTo(key: string, brush: Brush | null, count: number): number | null {
  const last = count - 1;
  if (key === "Home") return 0;
  if (key === "End") return last;
  if (key !== "ArrowLeft" && key !== "ArrowRight") return null;
  if (brush === null) return last;
  return Math.max(0, Math.min(last, brush.to + (key === "ArrowLeft" ? -1 : 1)));
}

/** The stretch of time under the brush. */
export function stretchOf(
  bars: readonly DensityBar[],
  brush: Brush,
): { readonly from: string; readonly to: string } | null {
  const covered = bars.filter((_, place) => isWithin(brush, place));
  const [first, last] = [covered[0], covered.at(-1)];
  if (first === undefined || last === undefined) return null;
  return { from: new Date(first.fromMs).toISOString(), to: new Date(last.toMs).toISOString() };
}

/** "12 Nov, 14:00 to 16:00: 120 changes, 3 reverts". */
export function describeBrush(bars: readonly DensityBar[], brush: Brush): string {
  const covered = bars.filter((_, place) => isWithin(brush, place));
  const [first, last] = [covered[0], covered.at(-1)];
  if (first === undefined || last === undefined) return "";
  return `${formatAbsolute(first.fromMs)} to ${formatAbsolute(last.toMs)}: ${describeCounts(sumOf(covered))}`;
}
