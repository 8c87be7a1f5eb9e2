import { describe, expect, it } from "vitest";

import { askedWindow, daysOutside } from "@/lib/domain/recall/time-window";

const DAY = 86_400_000;
/** A Wednesday. */
const AT = Date.UTC(2024, 4, 15, 12);
const span = (query: string, at = AT): [string, string] | null => {
  const window = askedWindow(query, at);
  const day = (time: number) => new Date(time).toISOString().slice(0, 10);
  return window === null ? null : [day(window.from), day(window.until)];
};

describe("the time that a question names", () => {
  it.each([
    ["What did she cook on 18 August, 2023?", "2023-08-18", "2023-08-19"],
    ["What happened on the 3rd of June 2023?", "2023-06-03", "2023-06-04"],
    ["Who came on October 13, 2023?", "2023-10-13", "2023-10-14"],
    ["Who came on 2023-10-13?", "2023-10-13", "2023-10-14"],
    ["Where was he in July 2023?", "2023-07-01", "2023-08-01"],
    ["Who moved in December, 2023?", "2023-12-01", "2024-01-01"],
    ["Where did I go in 2022?", "2022-01-01", "2023-01-01"],
  ])("is the one written out: %s", (query, from, until) => expect(span(query)).toEqual([from, until]));

  it.each([
    ["When did she camp in March?", "2024-03-01", "2024-04-01"],
    ["When did she camp in mid-August?", "2023-08-01", "2023-09-01"],
    ["Who came on August 9?", "2023-08-09", "2023-08-10"],
    ["Who came on May 15th?", "2024-05-15", "2024-05-16"],
    ["Who came on the 2nd of May?", "2024-05-02", "2024-05-03"],
  ])("is the latest that has begun where no year is given: %s", (query, from, until) =>
    expect(span(query)).toEqual([from, until]),
  );

  it.each([
    ["What did I buy two weeks ago?", "2024-04-28", "2024-05-05"],
    ["What did I buy 10 days ago?", "2024-05-05", "2024-05-06"],
    ["What did I buy a couple of days ago?", "2024-05-13", "2024-05-14"],
    ["What did I buy last Saturday?", "2024-05-11", "2024-05-12"],
    ["What did I buy last Wednesday?", "2024-05-08", "2024-05-09"],
    ["What did I buy yesterday?", "2024-05-14", "2024-05-15"],
    ["What have I bought in the past three weeks?", "2024-04-24", "2024-05-15"],
    ["What have I bought this week?", "2024-05-08", "2024-05-15"],
  ])("is counted back from when it is asked: %s", (query, from, until) =>
    expect(span(query)).toEqual([from, until]),
  );

  it.each([
    "When did it rain?",
    "What may I eat?",
    "When was the last time we met?",
    "Who came on 31 February 2023?",
    "Did the march help?",
    "What is 2023 divided by 7?",
  ])("is none: %s", (query) => expect(span(query)).toBeNull());
});

describe("days outside a window", () => {
  const window = { from: 10 * DAY, until: 12 * DAY };
  it.each([
    [7, 3],
    [10, 0],
    [11, 0],
    [12, 0],
    [14.5, 2.5],
  ])("of day %d are %d", (day, days) => expect(daysOutside(window, day * DAY)).toBeCloseTo(days, 12));
});
