import type Sigma from "sigma";
import type { NodeHoverDrawingFunction } from "sigma/rendering";
import type { Settings } from "sigma/settings";
import { GAP_PX, labelPlaces } from "./label-places";

const PADDING_PX = 3;
const HALO_PX = 3;
const SHADOW_PX = 8;
/** Over and under the letters, so that names under one another stay apart. */
const LEADING_PX = 2;

/** Draws the names that find a place. The library draws those of the largest nodes, over one another where they stand close. */
export function drawNames(sigma: Sigma, ground: string): void {
  const context = sigma.getCanvases()["labels"]?.getContext("2d");
  if (!context) return;
  const settings = sigma.getSettings();
  context.font = fontOf(settings);
  const names = new Map<string, string>();
  const nodes = sigma
    .getGraph()
    .nodes()
    .flatMap((key) => {
      const data = sigma.getNodeDisplayData(key);
      if (data === undefined || data.hidden) return [];
      const radius = sigma.scaleSize(data.size);
      const isLegible = data.forceLabel || radius >= settings.labelRenderedSizeThreshold;
      if (data.label && isLegible) names.set(key, data.label);
      const nameWidth = context.measureText(names.get(key) ?? "").width;
      return [{ key, ...sigma.framedGraphToViewport(data), radius, nameWidth, isNamed: data.forceLabel }];
    });
  const lineHeight = settings.labelSize + LEADING_PX;
  for (const [key, { left, top }] of labelPlaces(nodes, { ...sigma.getDimensions(), lineHeight }))
    drawName(context, names.get(key) ?? "", { settings, ground, left, middle: top + lineHeight / 2 });
}

const fontOf = ({ labelWeight, labelSize, labelFont }: Settings): string =>
  `${labelWeight} ${labelSize}px ${labelFont}`;

interface NamePlace {
  readonly settings: Settings;
  readonly ground: string;
  readonly left: number;
  readonly middle: number;
}

/** A name is read over the lines that cross it: the ground it lies on is drawn around its letters. */
function drawName(context: CanvasRenderingContext2D, name: string, place: NamePlace): void {
  const { settings, ground, left, middle } = place;
  const baseline = middle + settings.labelSize / 3;
  context.lineJoin = "round";
  context.lineWidth = HALO_PX;
  context.strokeStyle = ground;
  context.strokeText(name, left, baseline);
  context.fillStyle = settings.labelColor.color ?? "";
  context.fillText(name, left, baseline);
}

/** What the pointer is on stands on a card in the colours of the theme; the library's own card is always white. */
export function hoverOn(ground: string): NodeHoverDrawingFunction {
  return (context, data, settings) => {
    context.font = fontOf(settings);
    const radius = data.size + PADDING_PX;
    const height = settings.labelSize + 2 * PADDING_PX;
    const width = data.label
      ? context.measureText(data.label).width + data.size + GAP_PX + 2 * PADDING_PX
      : 0;
    context.save();
    context.fillStyle = ground;
    context.shadowBlur = SHADOW_PX;
    context.shadowColor = "rgb(0 0 0 / 0.4)";
    context.beginPath();
    context.arc(data.x, data.y, radius, 0, 2 * Math.PI);
    if (width > 0) context.roundRect(data.x, data.y - height / 2, width, height, PADDING_PX);
    context.fill();
    context.restore();
    if (data.label)
      drawName(context, data.label, { settings, ground, left: data.x + data.size + GAP_PX, middle: data.y });
  };
}
