/** How every chart looks: colours by meaning, from the tokens, and the parts of an axis. */

export const ink = {
  text: "var(--muted)",
  strong: "var(--ink)",
  grid: "var(--line)",
  axis: "var(--line-strong)",
  ghost: "var(--ghost)",
  surface: "var(--surface)",
  accent: "var(--accent-mark)",
  gain: "var(--gain-mark)",
  loss: "var(--loss-mark)",
  reverted: "var(--reverted-mark)",
  suspended: "var(--suspended-mark)",
  contested: "var(--contested-mark)",
  slate: "var(--part-keyword)",
  slateLight: "var(--part-graph)",
} as const;

const TICK_PX = 11;

/** Spread on an XAxis or YAxis. */
export const axisLook = {
  tick: { fill: ink.text, fontSize: TICK_PX },
  tickLine: false,
  axisLine: false,
  tickMargin: 8,
} as const;

export const gridLook = { stroke: ink.grid, strokeDasharray: "2 3", vertical: false } as const;

export const margins = { top: 22, right: 22, bottom: 0, left: 0 } as const;

/** Names the unit of a y axis, above its ticks. */
export function unitLabel(unit: string) {
  return {
    value: unit,
    position: "top",
    offset: 10,
    fill: ink.text,
    fontSize: TICK_PX,
    textAnchor: "start",
    dx: -22,
  } as const;
}

const NAMED_AXIS_PX = 44;

/** Spread on an XAxis that is no time axis: names what it measures, below its ticks at the right. */
export function namedAxis(name: string) {
  return {
    height: NAMED_AXIS_PX,
    label: {
      value: name,
      position: "insideBottomRight",
      offset: 4,
      fill: ink.text,
      fontSize: TICK_PX,
    },
  } as const;
}

/** Charts are drawn at this size before their box is measured, on the server too. */
export const initialDimension = { width: 640, height: 240 } as const;

/** Markers closer than this are drawn as one. */
export const MARKER_GAP_PX = 12;
