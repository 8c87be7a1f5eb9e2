import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call } from "./api";
import { keys, type MetricsRange } from "./keys";

/** What is measured, over a range of time or as it is now. */
export const metricQueries = {
  overview: (range: MetricsRange) =>
    queryOptions({
      queryKey: keys.metrics.overview(range),
      queryFn: ({ signal }) => call("metrics.overview", { query: range }, { signal }),
      placeholderData: keepPreviousData,
    }),
  learning: (range: MetricsRange) =>
    queryOptions({
      queryKey: keys.metrics.learning(range),
      queryFn: ({ signal }) => call("metrics.learning", { query: range }, { signal }),
      placeholderData: keepPreviousData,
    }),
  quality: (range: MetricsRange) =>
    queryOptions({
      queryKey: keys.metrics.quality(range),
      queryFn: ({ signal }) => call("metrics.quality", { query: range }, { signal }),
      placeholderData: keepPreviousData,
    }),
  calibration: (range: MetricsRange) =>
    queryOptions({
      queryKey: keys.metrics.calibration(range),
      queryFn: ({ signal }) => call("metrics.calibration", { query: range }, { signal }),
      placeholderData: keepPreviousData,
    }),
  diagnosis: (range: MetricsRange) =>
    queryOptions({
      queryKey: keys.metrics.diagnosis(range),
      queryFn: ({ signal }) => call("metrics.diagnosis", { query: range }, { signal }),
      placeholderData: keepPreviousData,
    }),
  safety: () =>
    queryOptions({
      queryKey: keys.metrics.safety,
      queryFn: ({ signal }) => call("metrics.safety", {}, { signal }),
    }),
  cost: () =>
    queryOptions({
      queryKey: keys.metrics.cost,
      queryFn: ({ signal }) => call("metrics.cost", {}, { signal }),
    }),
};
