/** What a memory took from its sources, and the texts that it had. */
import { describe, expect, it } from "vitest";

import { quotedSpans } from "@/components/memory/quoted-spans";
import { versionBefore, versionsOf } from "@/components/memory/version-list";
import type { CallOutput } from "@/lib/client/api";

describe("the words of a source that a memory took", () => {
  const marked = (source: string, text: string) =>
    quotedSpans(source, text).flatMap((span) => (span.isQuoted ? [span.text] : []));

  it("are marked in runs, whatever their case, and the pieces join to the source", () => {
    const source = "Well, Ann said: the pier CLOSES at six. We laughed.";
    expect(marked(source, "The pier closes at six in winter")).toEqual(["the pier CLOSES at six"]);
    const whole = quotedSpans(source, "The pier closes at six").map(({ text }) => text);
    expect(whole.join("")).toBe(source);
  });

  it("leave out a stray word beside longer runs, and keep it where it is all there is", () => {
    const source = "The gate opens. Near the pier, closes at six.";
    expect(marked(source, "it closes at six by the sea")).toEqual(["closes at six"]);
    expect(marked("the sun", "the pier")).toEqual(["the"]);
    expect(marked("nothing shared", "the pier")).toEqual([]);
  });
});

describe("versions", () => {
  type Change = CallOutput<"changes.list">["items"][number];
  const change = (id: string, more: object = {}) =>
    // Of a change the list of versions reads no more than these.
    ({
      id,
      at: "",
      after: `text ${id}`,
      actor: { name: "Ann" },
      status: "live",
      targetId: "m",
      ...more,
    }) as Change;

  it("are the texts written to this memory, newest first, each with whether it is in force", () => {
    const changes = [
      change("c", { status: "reverted" }),
      change("x", { targetId: "another" }),
      change("b"),
      change("y", { after: null }),
      change("a"),
    ];
    const versions = versionsOf("m", changes);
    expect(versions.map(({ changeId, isInForce }) => [changeId, isInForce])).toEqual([
      ["c", false],
      ["b", true],
      ["a", true],
    ]);
    expect(versionBefore(versions, "b")?.changeId).toBe("a");
    expect(versionBefore(versions, "a")).toBeNull();
  });
});
