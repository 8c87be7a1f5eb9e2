import { describe, expect, it } from "vitest";
import { displayKeys, isSingleKey, matchStroke, strokeName } from "@/components/ui/shortcut-match";

const go = { keys: ["g", "m"] };
const plain = { keys: ["m"] };
const chord = { keys: ["Mod+k"] };
const bindings = [go, plain, chord];

function stroke(key: string, held: Partial<Record<"ctrlKey" | "metaKey" | "altKey", boolean>> = {}): string {
  return strokeName({ key, ctrlKey: false, metaKey: false, altKey: false, ...held });
}

describe("a stroke", () => {
  it("is named alike for Ctrl and Cmd, whatever the case of the letter", () => {
    expect([stroke("k", { ctrlKey: true }), stroke("K", { metaKey: true })]).toEqual(["Mod+k", "Mod+k"]);
  });
  it("keeps the case of a plain letter, so that x and Shift x differ", () => {
    expect([stroke("x"), stroke("X"), stroke(" "), stroke("Escape")]).toEqual(["x", "X", "Space", "Esc"]);
  });
});

describe("matching", () => {
  it("waits after the first key of a sequence", () => {
    expect(matchStroke(bindings, [], "g")).toEqual({ binding: null, pending: ["g"] });
  });
  it("completes a sequence instead of the plain key of the same name", () => {
    expect(matchStroke(bindings, ["g"], "m").binding).toBe(go);
    expect(matchStroke(bindings, [], "m").binding).toBe(plain);
  });
  it("starts anew when a key does not continue the sequence", () => {
    expect(matchStroke(bindings, ["g"], "Mod+k").binding).toBe(chord);
    expect(matchStroke(bindings, ["g"], "g")).toEqual({ binding: null, pending: ["g"] });
    expect(matchStroke(bindings, ["g"], "q")).toEqual({ binding: null, pending: [] });
  });
  it("gives the key to whoever bound it last", () => {
    const later = { keys: ["m"] };
    expect(matchStroke([...bindings, later], [], "m").binding).toBe(later);
  });
});

describe("single keys", () => {
  it("are those without Ctrl or Cmd, except Escape", () => {
    expect([go, plain, chord, { keys: ["Esc"] }].map(isSingleKey)).toEqual([true, true, false, false]);
  });
  it("are printed as the reader's keyboard names them", () => {
    expect(displayKeys(["Mod+k"], false)).toEqual(["Ctrl K"]);
    expect(displayKeys(["Mod+k"], true)).toEqual(["⌘K"]);
    expect(displayKeys(["g", "m"], true)).toEqual(["g", "m"]);
  });
});
