/** That the card says in each of its four states what is so, and never draws a curve of nothing. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createElement, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { ReliabilityCurve } from "@/components/charts/reliability-curve";
import { CalibrationCard } from "@/components/learning/calibration-card";
import { TooltipProvider } from "@/components/ui/tooltip";
import { queries } from "@/lib/client/queries";
import type { CallOutput } from "@/lib/client/api";

const range = {};
const few: CallOutput<"metrics.calibration"> = {
  count: 12,
  brier: 0.2,
  ece: 0.1,
  bins: [{ predicted: 0.5, observed: 0.6, count: 12 }],
  fitted: null,
  note: "12 judged memories are too few to fit a curve.",
};

const withTooltips = (child: ReactNode) => createElement(TooltipProvider, null, child);

function rendered(prepare: (client: QueryClient) => void): string {
  const client = new QueryClient({ defaultOptions: { queries: { retryOnMount: false } } });
  prepare(client);
  const card = withTooltips(createElement(CalibrationCard, { range }));
  return renderToStaticMarkup(createElement(QueryClientProvider, { client }, card));
}
const withAnswer = (answer: typeof few) =>
  rendered((client) => client.setQueryData(queries.calibration(range).queryKey, answer));

describe("the calibration card", () => {
  it("tells the scores with what they rest on, draws the curve, and says why nothing is fitted", () => {
    const card = withAnswer(few);
    expect(card).toContain("over 12 outcomes");
    // The curve's code comes after the page stands; until then its place is kept.
    expect(card).toContain('aria-busy="true"');
    expect(renderToStaticMarkup(withTooltips(createElement(ReliabilityCurve, { bins: few.bins })))).toContain(
      "Reliability of the predictions",
    );
    expect(card).toContain(few.note);
  });
  it("says what is needed while nobody judged a memory, and draws nothing", () => {
    const card = withAnswer({ ...few, count: 0, brier: null, ece: null, bins: [] });
    expect(card).toContain("No prediction has met its outcome");
    expect(card).not.toContain('aria-busy="true"');
  });
  it("is busy while it loads", () => {
    expect(rendered(() => undefined)).toContain("aria-busy");
  });
  it("says that it could not be loaded, and offers to try again", () => {
    const card = rendered((client) => {
      const { queryKey } = queries.calibration(range);
      const query = client.getQueryCache().build(client, { queryKey });
      query.setState({ status: "error", error: new Error("refused"), fetchStatus: "idle" });
    });
    expect(card).toContain("The calibration could not be loaded");
  });
});
