import type { NodeHoverDrawingFunction, NodeLabelDrawingFunction } from "sigma/rendering";

const PADDING_PX = 3;
const GAP_PX = 3;
const HALO_PX = 3;
const SHADOW_PX = 8;

/** A name is read over the lines that cross it: the ground it lies on is drawn around its letters. */
export function labelOn(ground: string): NodeLabelDrawingFunction {
  return (context, data, settings) => {
    if (!data.label) return;
    context.font = `${settings.labelWeight} ${settings.labelSize}px ${settings.labelFont}`;
    const [x, y] = [data.x + data.size + GAP_PX, data.y + settings.labelSize / 3];
    context.lineJoin = "round";
    context.lineWidth = HALO_PX;
    context.strokeStyle = ground;
    context.strokeText(data.label, x, y);
    context.fillStyle = settings.labelColor.color ?? "";
    context.fillText(data.label, x, y);
  };
}

/** What the pointer is on stands on a card in the colours of the theme; the library's own card is always white. */
export function hoverOn(ground: string): NodeHoverDrawingFunction {
  const label = labelOn(ground);
  return (context, data, settings) => {
    context.font = `${settings.labelWeight} ${settings.labelSize}px ${settings.labelFont}`;
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
    label(context, data, settings);
  };
}
