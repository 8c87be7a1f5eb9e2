/** One line of a chart: a mean at each point, with the half width of its 95 % interval. */
export interface Series {
  readonly label: string;
  readonly points: readonly { readonly x: number; readonly y: number; readonly half?: number }[];
  /** Points stand alone, with the label on this side of them, and are not joined. */
  readonly scatter?: Side;
}

export interface Chart {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly series: readonly Series[];
  /** Values to mark by a dashed line across. */
  readonly marks?: readonly { readonly y: number; readonly label: string }[];
}

const [WIDTH, HEIGHT] = [720, 420];
const BOX = { left: 64, right: 190, top: 44, bottom: 48 };
const COLOURS = ["#0b6e4f", "#c1442d", "#3a5a9b", "#a06a00", "#7a3b8f", "#2f7f8f", "#666666", "#111111"];
const TICKS = 5;
const PAD = 0.06;
const LINE = 18;
/** Where a label stands from its point, in pixels. */
const SIDES = {
  left: { right: -7, down: 4, anchor: "end" },
  right: { right: 7, down: 4, anchor: "start" },
  above: { right: 0, down: -8, anchor: "middle" },
  below: { right: 0, down: 16, anchor: "middle" },
} as const;
export type Side = keyof typeof SIDES;

interface Place {
  readonly x: number;
  readonly y: number;
}

/** A chart as a picture of its own: its figures are the ones it is given, and it needs nothing to be shown. */
export function svg({ title, x, y, series, marks = [] }: Chart): string {
  const points = series.flatMap((s) => s.points);
  const across = scale(
    points.map((p) => p.x),
    [BOX.left, WIDTH - BOX.right],
  );
  const up = scale(
    [...points.flatMap((p) => [p.y - (p.half ?? 0), p.y + (p.half ?? 0)]), ...marks.map((m) => m.y)],
    [HEIGHT - BOX.bottom, BOX.top],
  );
  const body = [
    ...across.ticks.map((tick) =>
      text({ x: across.at(tick), y: HEIGHT - BOX.bottom + LINE }, short(tick), "middle"),
    ),
    ...up.ticks.flatMap((tick) => [
      line([BOX.left, up.at(tick)], [WIDTH - BOX.right, up.at(tick)], `stroke="#ddd"`),
      text({ x: BOX.left - 8, y: up.at(tick) + 4 }, short(tick), "end"),
    ]),
    ...marks.flatMap((m) => [
      line([BOX.left, up.at(m.y)], [WIDTH - BOX.right, up.at(m.y)], `stroke="#888" stroke-dasharray="5 4"`),
      text({ x: WIDTH - BOX.right + 8, y: up.at(m.y) + 4 }, m.label, "start"),
    ]),
    ...series.flatMap((s, i) => drawn(s, { colour: colourOf(i), across: across.at, up: up.at })),
    ...series.flatMap((s, i) => (s.scatter === undefined ? [legend(s.label, i)] : [])),
    `<g font-weight="600">${text({ x: BOX.left, y: 24 }, title, "start")}</g>`,
    text({ x: (BOX.left + WIDTH - BOX.right) / 2, y: HEIGHT - 10 }, x, "middle"),
    `<g transform="rotate(-90 16 ${HEIGHT / 2})">${text({ x: 16, y: HEIGHT / 2 }, y, "middle")}</g>`,
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="${escaped(title)}"><rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>\n${body.join("\n")}\n</svg>\n`;
}

const colourOf = (place: number): string => COLOURS[place % COLOURS.length] ?? "#000";

const legend = (label: string, place: number): string =>
  `<g fill="${colourOf(place)}">${text({ x: WIDTH - BOX.right + 8, y: BOX.top + LINE * (place + 1) }, label, "start")}</g>`;

interface Drawing {
  readonly colour: string;
  readonly across: (value: number) => number;
  readonly up: (value: number) => number;
}

function drawn({ label, points, scatter }: Series, { colour, across, up }: Drawing): string[] {
  const path = points
    .map((p, i) => `${i === 0 ? "M" : "L"}${across(p.x).toFixed(1)} ${up(p.y).toFixed(1)}`)
    .join(" ");
  return [
    ...(scatter === undefined
      ? [`<path d="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`]
      : points.map((p) => beside(label, { x: across(p.x), y: up(p.y) }, scatter))),
    ...points.map(
      (p) => `<circle cx="${across(p.x).toFixed(1)}" cy="${up(p.y).toFixed(1)}" r="3" fill="${colour}"/>`,
    ),
    ...points
      .filter((p) => (p.half ?? 0) > 0)
      .map((p) =>
        line(
          [across(p.x), up(p.y - (p.half ?? 0))],
          [across(p.x), up(p.y + (p.half ?? 0))],
          `stroke="${colour}"`,
        ),
      ),
  ];
}

const beside = (label: string, { x, y }: Place, side: Side): string => {
  const { right, down, anchor } = SIDES[side];
  return text({ x: x + right, y: y + down }, label, anchor);
};

function scale(values: readonly number[], [from, to]: readonly [number, number]) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const pad = (most - least || 1) * PAD;
  const [low, high] = [least - pad, most + pad];
  const ticks = Array.from({ length: TICKS + 1 }, (_, i) => least + ((most - least) * i) / TICKS);
  return { at: (value: number) => from + ((value - low) / (high - low)) * (to - from), ticks };
}

const short = (value: number): string => Number(value.toFixed(3)).toString();
const line = (
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
  style: string,
): string =>
  `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" ${style}/>`;
const text = ({ x, y }: Place, words: string, anchor: string): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${escaped(words)}</text>`;
const escaped = (words: string): string =>
  words.replace(/&/gu, "&amp;").replace(/</gu, "&lt;").replace(/"/gu, "&quot;");
