import type { EntityType, Palette } from "./scene";

/** The token of each type; the legend uses the same. */
export const typeTokens: Readonly<Record<EntityType, string>> = {
  person: "--part-similarity",
  place: "--part-cue",
  organization: "--part-utility",
  product: "--part-keyword",
  work: "--part-context",
  other: "--part-graph",
};

export const typeNames: Readonly<Record<EntityType, string>> = {
  person: "Person",
  place: "Place",
  organization: "Organization",
  product: "Product",
  work: "Work",
  other: "Other",
};

/** The tokens in force, in the form that WebGL reads; tokens may be written in any colour space. */
export function readPalette(root: HTMLElement): Palette {
  const styles = getComputedStyle(root);
  const token = (name: string): string => asHex(styles.getPropertyValue(name).trim());
  return {
    types: {
      person: token(typeTokens.person),
      place: token(typeTokens.place),
      organization: token(typeTokens.organization),
      product: token(typeTokens.product),
      work: token(typeTokens.work),
      other: token(typeTokens.other),
    },
    edge: token("--line-control"),
    made: token("--accent-mark"),
    faded: token("--line-strong"),
    added: token("--gain-mark"),
    removed: token("--loss-mark"),
    path: token("--ink"),
    ground: token("--surface"),
  };
}

/** One pixel of it, read back. */
function asHex(color: string): string {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (context === null) return color;
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
