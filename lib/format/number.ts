/** How plain numbers look. One locale for all, so that server and browser print the same text. */

const LOCALE = "en-GB";
const MINUS = "−";
/** A number that was never measured is shown as a dash, never as zero. */
export const MISSING = "–";

type Missing = null | undefined;

export function formatCount(count: number | Missing): string {
  if (count === null || count === undefined || !Number.isFinite(count)) return MISSING;
  return withMinus(Math.round(count).toLocaleString(LOCALE));
}

/** 12,345 becomes 12.3k: for axes and tight places; the exact count belongs in a tooltip. */
export function formatCompact(count: number | Missing): string {
  if (count === null || count === undefined || !Number.isFinite(count)) return MISSING;
  const text = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 }).format(count);
  return withMinus(text.replace("K", "k"));
}

export function formatDecimal(amount: number | Missing, digits = 2): string {
  if (amount === null || amount === undefined || !Number.isFinite(amount)) return MISSING;
  return withMinus(fixed(amount, digits));
}

/** Always carries its sign, except when it rounds to zero: a change must not look like a state. */
export function formatSigned(amount: number | Missing, digits = 2): string {
  if (amount === null || amount === undefined || !Number.isFinite(amount)) return MISSING;
  const text = fixed(amount, digits);
  return Number(text.replaceAll(",", "")) > 0 ? `+${text}` : withMinus(text);
}

/** A share from 0 to 1 as a percentage. */
export function formatPercent(share: number | Missing, digits = 0): string {
  if (share === null || share === undefined || !Number.isFinite(share)) return MISSING;
  return `${withMinus(fixed(share * 100, digits))}%`;
}

/** The difference of two shares, in percentage points. */
export function formatPoints(shareDelta: number | Missing, digits = 1): string {
  if (shareDelta === null || shareDelta === undefined || !Number.isFinite(shareDelta)) return MISSING;
  return `${formatSigned(shareDelta * 100, digits)} pt`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

function fixed(amount: number, digits: number): string {
  const text = amount.toLocaleString(LOCALE, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return /[1-9]/.test(text) ? text : text.replace("-", "");
}

function withMinus(text: string): string {
  return text.replace("-", MINUS);
}
