import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { listShortcuts, type RowActions } from "@/components/ui/use-row-cursor";

/**
 * The sheet behind `?` lists what `useShortcuts` has bound, so it is right for as long as keys are bound there and nowhere else,
 * and every key that a button promises is bound.
 */
const sources = ["components", "app"]
  .flatMap((top) =>
    readdirSync(top, { recursive: true, encoding: "utf8" }).map((name) => path.join(top, name)),
  )
  .filter((file) => /\.tsx?$/u.test(file))
  .map((file) => ({ file, folder: path.dirname(file), text: readFileSync(file, "utf8") }));

const stringsIn = (text: string): readonly string[] =>
  [...text.matchAll(/"([^"]+)"/gu)].flatMap(([, string]) => string ?? []);

/** The keys of every binding: `keys: ["g", "m"]`, one entry a binding. */
const bound = sources.flatMap(({ file, folder, text }) =>
  [...text.matchAll(/\bkeys: \[("[^\]]*)\]/gu)].map(([, list = ""]) => ({
    file,
    folder,
    keys: stringsIn(list),
  })),
);

/** The keys that something on a page says it has. */
const promised = sources.flatMap(({ file, folder, text }) =>
  [...text.matchAll(/aria-keyshortcuts="([^"]+)"|<(?:Kbd|IconButton)\b[^>]*\bkeys=\{\["([^"]+)"\]\}/gu)].map(
    ([, named, shown]) => ({ file, folder, key: named ?? shown ?? "" }),
  ),
);

/** Keys of the widget that has the focus, as every reader of screens expects them; they belong to no page. */
const BY_THE_WIDGET = ["Esc", "Ctrl Enter"];
const SHARED = ["components/ui", "components/shell"];

describe("keys", () => {
  it("that a button or a hint promises are bound beside it, or everywhere", () => {
    const keysIn = (folder: string) =>
      bound.filter((one) => one.folder === folder || SHARED.includes(one.folder)).flatMap((one) => one.keys);
    const unkept = promised.filter(
      ({ key, folder }) => !BY_THE_WIDGET.includes(key) && !keysIn(folder).includes(key),
    );
    expect(promised.length).toBeGreaterThan(15);
    expect(unkept).toEqual([]);
  });

  it("come one after the other only behind the `g` of going somewhere", () => {
    const sequences = bound.filter(({ keys }) => keys.length > 1);
    expect(sequences.filter(({ keys }) => keys[0] !== "g")).toEqual([]);
    expect(sequences.length).toBeGreaterThan(5);
  });

  it("of the document are heard in one place", () => {
    const listening = sources.filter(({ text }) => text.includes('addEventListener("keydown"'));
    expect(listening.map(({ file }) => file)).toEqual(["components/ui/use-shortcuts.ts"]);
  });
});

describe("a list", () => {
  const nothing = () => undefined;
  const actions: RowActions = {
    moveBy: nothing,
    moveTo: nothing,
    last: nothing,
    select: nothing,
    open: nothing,
    peek: nothing,
  };
  const keysOf = (table: Parameters<typeof listShortcuts>[1]) =>
    listShortcuts(actions, table).map(({ keys }) => keys.join(" "));

  it("binds the keys of what it does, and no others", () => {
    expect(keysOf({})).toEqual(["j", "k"]);
    expect(keysOf({ onOpen: nothing })).toEqual(["j", "k", "Enter"]);
    expect(keysOf({ onSelectionChange: nothing, onPeek: nothing })).toEqual(["j", "k", "x", "X", "Space"]);
  });
});
