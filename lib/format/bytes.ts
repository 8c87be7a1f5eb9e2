/** Sizes in decimal units, as disks and browsers print them. */

const UNITS = ["B", "kB", "MB", "GB", "TB"] as const;
const STEP = 1000;

export function formatBytes(bytes: number): string {
  const exponent = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const amount = bytes / STEP ** exponent;
  const digits = exponent === 0 || amount >= 100 ? 0 : 1;
  const rounded = Number(amount.toFixed(digits));
  if (rounded >= STEP && exponent < UNITS.length - 1) return `1 ${UNITS[exponent + 1] ?? "TB"}`;
  return `${rounded} ${UNITS[exponent] ?? "B"}`;
}
