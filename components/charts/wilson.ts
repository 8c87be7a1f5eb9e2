const Z95 = 1.96;

/** Wilson's 95 % interval of a share of so many (> 0), which is honest for few and never leaves 0…1. */
export function wilson(share: number, count: number): { readonly low: number; readonly high: number } {
  const weight = Z95 ** 2 / count;
  const centre = (share + weight / 2) / (1 + weight);
  const half = (Z95 / (1 + weight)) * Math.sqrt((share * (1 - share) + weight / 4) / count);
  return {
    low: Math.min(share, Math.max(0, centre - half)),
    high: Math.max(share, Math.min(1, centre + half)),
  };
}
