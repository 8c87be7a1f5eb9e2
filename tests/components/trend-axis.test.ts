import { describe, expect, it } from "vitest";
import { trendAxis } from "@/components/charts/trend-axis";
import { DAY_MS } from "@/lib/format/time";

const START = Date.parse("2026-01-01T00:00:00Z");
const past = (...days: number[]) => days.map((day) => ({ atMs: START + day * DAY_MS, confidence: 0.5 }));
const ahead = (...days: number[]) => days.map((day) => ({ atMs: START + day * DAY_MS, confidence: null }));

describe("the axis of a memory's confidence", () => {
  it("is time where the changes are apart", () => {
    const { places, isEven, nowPlace } = trendAxis(past(0, 1, 4));
    expect(places).toEqual([0, 0.25, 1]);
    expect([isEven, nowPlace]).toEqual([false, null]);
  });

  it("spaces evenly what happened within moments, so that no change hides another", () => {
    const { places, isEven } = trendAxis(past(0, 10, 10, 10.001, 20));
    expect(isEven).toBe(true);
    expect(places).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });

  it("gives a long forecast a scale of its own instead of the whole width", () => {
    const { places, nowPlace, ticks } = trendAxis([...past(0, 0.01), ...ahead(90, 180)]);
    expect(places[1]).toBe(nowPlace);
    expect(nowPlace).toBeGreaterThan(0.5);
    expect(places.at(-1)).toBe(1);
    expect(ticks.at(-1)?.label).toBe("30 Jun");
  });

  it("never goes back, and puts a mark between the changes it lies between", () => {
    const { places, placeOf } = trendAxis([...past(0, 3, 3, 30), ...ahead(60)]);
    expect([...places].sort((one, other) => one - other)).toEqual(places);
    const mark = placeOf(START + 20 * DAY_MS);
    expect(mark).toBeGreaterThan(places[2] ?? 1);
    expect(mark).toBeLessThan(places[3] ?? 0);
  });

  it("stands on nothing and on a single point", () => {
    expect(trendAxis([])).toMatchObject({ places: [], ticks: [], nowPlace: null });
    expect(trendAxis(past(2)).places).toEqual([0]);
  });
});
