import { describe, expect, it } from "vitest";

import { millis } from "@/lib/domain/ids";
import { takeToken, type Bucket } from "@/lib/domain/safety/token-bucket";

const ALLOWANCE = { capacity: 3, perMinute: 60 };

/** Asks at each of these times; says how long each had to wait. */
function ask(times: readonly number[], allowance = ALLOWANCE): number[] {
  let bucket: Bucket | null = null;
  return times.map((at) => {
    const taken = takeToken(bucket, allowance, millis(at));
    bucket = taken.bucket;
    return taken.waitMs;
  });
}

describe("a bucket of tokens", () => {
  it("gives its capacity at once and then says how long the next one takes", () => {
    expect(ask([0, 0, 0, 0])).toEqual([0, 0, 0, 1000]);
  });

  it("gives one again after the wait that it named, and not a moment before", () => {
    expect(ask([0, 0, 0, 0, 999])).toEqual([0, 0, 0, 1000, 1]);
    expect(ask([0, 0, 0, 0, 1000, 1000])).toEqual([0, 0, 0, 1000, 0, 1000]);
  });

  it("never holds more than its capacity, however long nobody asked", () => {
    expect(ask([0, 3_600_000, 3_600_000, 3_600_000, 3_600_000])).toEqual([0, 0, 0, 0, 1000]);
  });

  it("gives nothing for a clock that was set back, and charges nothing either", () => {
    expect(ask([5000, 0, 0, 0, 5000])).toEqual([0, 0, 0, 1000, 1000]);
  });

  it("shrinks at once when the allowance does", () => {
    const { bucket } = takeToken(null, ALLOWANCE, millis(0));
    const small = { capacity: 1, perMinute: 6 };
    const first = takeToken(bucket, small, millis(0));
    expect(first.waitMs).toBe(0);
    expect(takeToken(first.bucket, small, millis(0)).waitMs).toBe(10_000);
  });
});
