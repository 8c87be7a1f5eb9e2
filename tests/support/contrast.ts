/** Reads the design tokens of one theme out of globals.css and computes WCAG 2 contrast between them. */

export type Tokens = ReadonlyMap<string, string>;
type Rgb = readonly [red: number, green: number, blue: number];

export function readTokens(css: string, selector: string): Tokens {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf("\n}", start));
  const pairs = [...block.matchAll(/--([\w-]+):\s*([^;]+);/g)];
  return new Map(pairs.map(([, name = "", text = ""]) => [name, text.trim()]));
}

/** OKLCH to linear sRGB, by the matrices of Ottosson, "A perceptual color space for image processing" (2020). */
export function oklchToLinearRgb(text: string): Rgb {
  const match = /oklch\(([\d.]+) ([\d.]+) ([\d.]+)/.exec(text);
  if (match === null) throw new Error(`not an opaque oklch colour: ${text}`);
  const [lightness, chroma, hueDegrees] = match.slice(1).map(Number);
  if (lightness === undefined || chroma === undefined || hueDegrees === undefined) {
    throw new Error(`incomplete oklch colour: ${text}`);
  }
  const hue = (hueDegrees * Math.PI) / 180;
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    clamp(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clamp(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clamp(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** Contrast ratio, 1 to 21, as WCAG 2.2 defines it over relative luminance. */
export function contrastRatio(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(text: string): number {
  const [red, green, blue] = oklchToLinearRgb(text);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function clamp(channel: number): number {
  return Math.min(1, Math.max(0, channel));
}
