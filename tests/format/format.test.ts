import { describe, expect, it } from "vitest";
import { formatBytes } from "../../lib/format/bytes";
import {
  confidenceTrend,
  describeConfidence,
  formatConfidence,
  formatConfidenceDelta,
  formatInterval,
} from "../../lib/format/confidence";
import {
  formatCompact,
  formatCount,
  formatDecimal,
  formatPercent,
  formatPoints,
  formatSigned,
  plural,
} from "../../lib/format/number";
import {
  dayKey,
  formatAbsolute,
  formatClock,
  formatDayHeading,
  formatDuration,
  formatRelative,
  formatSpan,
} from "../../lib/format/time";

const NOW = Date.UTC(2026, 2, 14, 15, 30, 0);
const agoMs = (ms: number) => NOW - ms;

describe("numbers", () => {
  it("group thousands and round to whole counts", () => {
    expect(formatCount(1234567)).toBe("1,234,567");
    expect(formatCount(-12)).toBe("−12");
  });
  it("show a value that was never measured as a dash, not as zero", () => {
    expect([
      formatCount(null),
      formatPercent(undefined),
      formatDecimal(Number.NaN),
      formatSigned(null),
    ]).toEqual(["–", "–", "–", "–"]);
  });
  it("shorten large counts", () => {
    expect(formatCompact(12345)).toBe("12.3k");
    expect(formatCompact(999)).toBe("999");
  });
  it("carry a sign when they are differences", () => {
    expect(formatSigned(0.031)).toBe("+0.03");
    expect(formatSigned(-0.031)).toBe("−0.03");
    expect(formatSigned(1234.5, 1)).toBe("+1,234.5");
  });
  it("carry no sign when they round to zero", () => {
    expect(formatSigned(-0.001)).toBe("0.00");
    expect(formatSigned(0.001)).toBe("0.00");
    expect(formatDecimal(-0.001)).toBe("0.00");
  });
  it("tell percentages from percentage points", () => {
    expect(formatPercent(0.314)).toBe("31%");
    expect(formatPoints(0.031)).toBe("+3.1 pt");
  });
  it("agree with their noun", () => {
    expect([plural(1, "memory", "memories"), plural(2, "memory", "memories"), plural(0, "change")]).toEqual([
      "1 memory",
      "2 memories",
      "0 changes",
    ]);
  });
});

describe("bytes", () => {
  it("use the largest unit that keeps at least one whole", () => {
    expect([0, 999, 1000, 1536, 999_999, 26_000_000].map(formatBytes)).toEqual([
      "0 B",
      "999 B",
      "1 kB",
      "1.5 kB",
      "1 MB",
      "26 MB",
    ]);
  });
});

describe("time", () => {
  it("is relative to a given now, in both directions", () => {
    expect(formatRelative(agoMs(20_000), NOW)).toBe("just now");
    expect(formatRelative(agoMs(3 * 60_000), NOW)).toBe("3 min ago");
    expect(formatRelative(agoMs(26 * 3_600_000), NOW)).toBe("1 d ago");
    expect(formatRelative(NOW + 2 * 86_400_000, NOW)).toBe("in 2 d");
    expect(formatRelative("not a date", NOW)).toBe("–");
  });
  it("never says zero of a unit", () => {
    expect(
      [50_000, 29.9 * 86_400_000, 30.2 * 86_400_000, 364 * 86_400_000, 365 * 86_400_000].map(formatSpan),
    ).toEqual(["1 min", "29 d", "1 mo", "11 mo", "1 y"]);
  });
  it("names the zone when it is absolute", () => {
    expect(formatAbsolute(NOW, "UTC")).toBe("14 Mar 2026, 15:30:00 UTC");
    expect(formatClock(NOW, "UTC")).toBe("15:30");
  });
  it("groups by the day of the reader's zone", () => {
    const lateEvening = Date.UTC(2026, 2, 14, 23, 30);
    expect(dayKey(lateEvening, "UTC")).toBe("2026-03-14");
    expect(dayKey(lateEvening, "Asia/Tokyo")).toBe("2026-03-15");
    expect(formatDayHeading(NOW, NOW, "UTC")).toBe("Today");
    expect(formatDayHeading(agoMs(86_400_000), NOW, "UTC")).toBe("Yesterday");
    expect(formatDayHeading(agoMs(3 * 86_400_000), NOW, "UTC")).toBe("Wednesday 11 March 2026");
  });
  it("scales durations from milliseconds to minutes", () => {
    expect([8.4, 1234, 185_000].map(formatDuration)).toEqual(["8 ms", "1.2 s", "3 min 5 s"]);
  });
});

describe("confidence", () => {
  it("is a percentage or a mark out of ten, and stays inside its scale", () => {
    expect(formatConfidence(0.724)).toBe("72%");
    expect(formatConfidence(0.724, "ten")).toBe("7.2");
    expect(formatConfidence(1.2)).toBe("100%");
    expect(formatConfidence(undefined)).toBe("–");
  });
  it("says its scale once in an interval", () => {
    expect(formatInterval(0.62, 0.81)).toBe("62–81%");
    expect(formatInterval(0.62, 0.81, "ten")).toBe("6.2–8.1");
  });
  it("prints a move in points of its scale", () => {
    expect(formatConfidenceDelta(0.034)).toBe("+3.4 pt");
    expect(formatConfidenceDelta(-0.2)).toBe("−20 pt");
    expect(formatConfidenceDelta(0.034, "ten")).toBe("+0.34");
  });
  it("calls a move that cannot be seen flat", () => {
    expect([confidenceTrend(0.5, 0.51), confidenceTrend(0.5, 0.48), confidenceTrend(0.5, 0.502)]).toEqual([
      "up",
      "down",
      "flat",
    ]);
  });
  it("is spoken with interval and direction", () => {
    expect(describeConfidence(0.72, { low: 0.62, high: 0.81 }, { trend: "up" })).toBe(
      "confidence 72%, between 62–81%, rising",
    );
    expect(describeConfidence(0.72, null, { scale: "ten" })).toBe("confidence 7.2 out of 10");
  });
});
