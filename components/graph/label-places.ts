/** A node as it is drawn, and how wide its name is; all in px of the picture, from its left upper corner. */
export interface DrawnNode {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** 0: it has no name to show, and is only in the way. */
  readonly nameWidth: number;
  /** Its name is shown in any case, at its right. */
  readonly isNamed: boolean;
}

/** What names have to fit into, and how high a line of them is. */
export interface Room {
  readonly width: number;
  readonly height: number;
  readonly lineHeight: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Between a node and its name. */
export const GAP_PX = 3;

/**
 * Where names stand that can all be read: beside, under or over their nodes, where they cover neither another name nor a node.
 * Larger nodes choose first; a name without such a place is left out, until there is room at a closer look.
 */
export function labelPlaces(nodes: readonly DrawnNode[], room: Room): ReadonlyMap<string, Box> {
  const taken: Box[] = [];
  const places = new Map<string, Box>();
  for (const node of nodes.filter(({ nameWidth }) => nameWidth > 0).sort(byImportance)) {
    const isFree = (box: Box) =>
      isWithin(box, room) &&
      !taken.some((other) => cross(box, other)) &&
      !nodes.some((other) => covers(box, other));
    const [right, ...others] = placesBeside(node, room.lineHeight);
    const place = node.isNamed ? right : [right, ...others].find(isFree);
    if (place === undefined) continue;
    places.set(node.key, place);
    taken.push(place);
  }
  return places;
}

/** By their keys where nothing else tells them apart, so that a picture looks the same each time. */
const byImportance = (a: DrawnNode, b: DrawnNode): number =>
  Number(b.isNamed) - Number(a.isNamed) || b.radius - a.radius || (a.key < b.key ? -1 : 1);

/** At its right and its left, then under and over it, from the middle outwards: in the order in which they are tried. */
function placesBeside({ x, y, radius, nameWidth }: DrawnNode, lineHeight: number): readonly [Box, ...Box[]] {
  const away = radius + GAP_PX;
  const at = (left: number, top: number): Box => ({
    left,
    top,
    right: left + nameWidth,
    bottom: top + lineHeight,
  });
  const lefts = [x - nameWidth / 2, x - radius, x + radius - nameWidth, x, x - nameWidth];
  return [
    at(x + away, y - lineHeight / 2),
    at(x - away - nameWidth, y - lineHeight / 2),
    ...lefts.map((left) => at(left, y + away)),
    ...lefts.map((left) => at(left, y - away - lineHeight)),
  ];
}

const cross = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

function covers({ left, top, right, bottom }: Box, { x, y, radius }: DrawnNode): boolean {
  const [dx, dy] = [Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom)];
  return dx * dx + dy * dy < radius * radius;
}

const isWithin = ({ left, top, right, bottom }: Box, { width, height }: Room): boolean =>
  left >= 0 && top >= 0 && right <= width && bottom <= height;
