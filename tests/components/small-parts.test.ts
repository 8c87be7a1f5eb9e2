import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { destinations, isCurrent, isFrameless } from "@/components/shell/navigation";
import { glossary } from "@/components/ui/glossary";
import { startPausableTimer } from "@/components/ui/pausable-timer";
import { defaultPreferences, parsePreferences } from "@/components/ui/preferences";
import { isProse, registerText } from "@/components/ui/register-value";
import { rangeStart } from "@/components/ui/time-range";
import { isParameterName } from "@/lib/domain/parameters";

describe("preferences", () => {
  it("survive nonsense in the storage, field by field", () => {
    expect(parsePreferences(null)).toEqual(defaultPreferences);
    expect(parsePreferences("{not json")).toEqual(defaultPreferences);
    expect(parsePreferences('"text"')).toEqual(defaultPreferences);
    expect(parsePreferences('{"density":"compact","confidenceScale":9,"singleKeys":false}')).toEqual({
      density: "compact",
      confidenceScale: "percent",
      singleKeys: false,
    });
  });
});

describe("a pausable timer", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("does not run while it is held, and keeps what was left", () => {
    const ended = vi.fn();
    const timer = startPausableTimer(10_000, ended, () => Date.now());
    vi.advanceTimersByTime(9000);
    timer.pause();
    vi.advanceTimersByTime(60_000);
    timer.resume();
    vi.advanceTimersByTime(999);
    expect(ended).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(ended).toHaveBeenCalledTimes(1);
  });
  it("counts a pause once, however often it is asked for", () => {
    const ended = vi.fn();
    const timer = startPausableTimer(1000, ended, () => Date.now());
    vi.advanceTimersByTime(400);
    timer.pause();
    timer.pause();
    timer.resume();
    timer.resume();
    vi.advanceTimersByTime(599);
    expect(ended).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(ended).toHaveBeenCalledTimes(1);
  });
});

describe("a register's value", () => {
  it("is a line of text, whatever its shape", () => {
    expect(
      [null, "", "active", 3, 0.12345, true, [], ["a", "b"], { alpha: 2.5, beta: 1 }].map(registerText),
    ).toEqual(["–", "(empty)", "active", "3", "0.123", "yes", "(none)", "a, b", "alpha 2.500, beta 1"]);
  });
  it("is read as prose only when both sides are text and one is long", () => {
    expect(isProse("archived", "active")).toBe(false);
    expect(isProse("Anna prefers oat milk in coffee", "Anna")).toBe(true);
    expect(isProse(null, "Anna prefers oat milk in coffee")).toBe(false);
  });
});

describe("the navigation", () => {
  it("marks the overview on its own page only, and a section on all of its pages", () => {
    const current = (path: string) =>
      destinations.filter((place) => isCurrent(place, path)).map((place) => place.href);
    expect(current("/")).toEqual(["/"]);
    expect(current("/memories/m1")).toEqual(["/memories"]);
    expect(current("/memoriesque")).toEqual([]);
  });
  it("gives no two pages the same keys", () => {
    const keys = destinations.map((place) => place.keys.join(" "));
    expect(new Set(keys).size).toBe(keys.length);
  });
  it("stands aside on the sign-in page", () => {
    expect([isFrameless("/login"), isFrameless("/memories")]).toEqual([true, false]);
  });
});

describe("the glossary", () => {
  it("names only parameters that exist", () => {
    const unknown = Object.values(glossary)
      .flatMap((entry): readonly string[] => entry.parameters)
      .filter((name) => !isParameterName(name));
    expect(unknown).toEqual([]);
  });
});

describe("a time range", () => {
  it("starts so many days ago, and everything has no start", () => {
    expect(rangeStart("7d", 7 * 86_400_000)).toBe(0);
    expect(rangeStart("all", 0)).toBeNull();
  });
});
