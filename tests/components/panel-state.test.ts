import { describe, expect, it } from "vitest";
import { describeFailure } from "@/components/ui/failure";
import { panelState } from "@/components/ui/panel-state";

const failure = new Error("no answer");
const options = { isEmpty: (rows: string[]) => rows.length === 0, isFiltered: false };
const idle = {
  data: undefined as string[] | undefined,
  error: null as unknown,
  isFetching: false,
};

describe("a panel", () => {
  it("loads while nothing is known yet", () => {
    expect(panelState({ ...idle, isFetching: true }, options).kind).toBe("loading");
  });
  it("shows a failure as a failure, never as empty", () => {
    expect(panelState({ ...idle, error: failure }, options)).toEqual({ kind: "failed", error: failure });
    expect(panelState({ ...idle, data: [], error: failure }, options).kind).toBe("ready");
  });
  it("keeps showing the failure of a first load while it is tried again", () => {
    expect(panelState({ ...idle, error: failure, isFetching: true }, options).kind).toBe("failed");
  });
  it("keeps the data it had, refreshing or outdated", () => {
    const data = ["one"];
    expect(panelState({ ...idle, data }, options)).toEqual({ kind: "ready", data, freshness: "fresh" });
    expect(panelState({ ...idle, data, isFetching: true }, options)).toMatchObject({
      freshness: "refreshing",
    });
    expect(panelState({ ...idle, data, error: failure }, options)).toMatchObject({
      data,
      freshness: "outdated",
    });
  });
  it("tells an empty store from an empty search", () => {
    expect(panelState({ ...idle, data: [] }, options).kind).toBe("empty");
    expect(panelState({ ...idle, data: [] }, { ...options, isFiltered: true }).kind).toBe("emptyByFilter");
  });
});

describe("a failure", () => {
  it("is told with the server's words, its code and its request id", () => {
    const refusal = Object.assign(new Error("outer"), {
      detail: "The target has moved.",
      code: "conflict",
      requestId: "r1",
    });
    expect(describeFailure(refusal)).toEqual({
      message: "The target has moved.",
      code: "conflict",
      requestId: "r1",
    });
  });
  it("is told in some words, whatever was thrown", () => {
    expect(describeFailure(new Error("boom"))).toEqual({ message: "boom", code: null, requestId: null });
    expect(describeFailure("boom").message).toBe("boom");
    expect(describeFailure(undefined).message).toBe("Something went wrong.");
  });
});
