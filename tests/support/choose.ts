/** Choices that follow from a story's picks, so that a law's own decisions are part of the story and shrink with it. */
export interface Chooser {
  readonly number: (below: number) => number;
  readonly one: <T>(list: readonly T[]) => T | undefined;
  /** Up to `count` different ones. */
  readonly some: <T>(list: readonly T[], count: number) => T[];
  readonly shuffled: <T>(list: readonly T[]) => T[];
}

export function chooserFrom(picks: readonly number[]): Chooser {
  let used = 0;
  const number = (below: number) => {
    used += 1;
    // The picks come round again for long lists; the shift keeps a second round from repeating the first.
    return ((picks[used % picks.length] ?? 0) + Math.floor(used / picks.length)) % Math.max(1, below);
  };
  const shuffled = <T>(list: readonly T[]): T[] => {
    const rest = [...list];
    return list.flatMap(() => rest.splice(number(rest.length), 1));
  };
  return {
    number,
    shuffled,
    one: (list) => list[number(list.length)],
    some: (list, count) => shuffled(list).slice(0, count),
  };
}
