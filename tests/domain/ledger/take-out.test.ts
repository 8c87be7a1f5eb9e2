/** A selection is the changes of one source. Its own undos and other people's make the difference between "live" and "its". */
import { describe, expect, it } from "vitest";

import { draft, type Made } from "@/lib/domain/ledger/draft";
import { scenario } from "@/tests/support/scenario";
import { takeOut } from "@/lib/domain/ledger/take-out";
import type { Change } from "@/lib/domain/ledger/change";

async function story() {
  const s = scenario();
  const memory = await s.remember("mine");
  const head = s.heads();
  const theirs = async (
    drafted: (more: { readonly origin: string }) => ReturnType<typeof draft.edit>,
  ): Promise<Change> => {
    const {
      changes: [change],
    } = await s.append(drafted({ origin: "feed" }));
    if (change === undefined) throw new Error("nothing was appended");
    return change;
  };
  const edit = (on: Made, content: string) =>
    theirs((more) => draft.edit(head(more), on, { content, madeFrom: [] }));
  const undo = (change: Change) => theirs((more) => draft.revert(head(more), change));
  const taken = () =>
    takeOut(
      s.ledger,
      s.ledger.all.filter((c) => c.origin === "feed"),
    );
  const takeAll = async () => s.append(...(await taken()).map((c) => draft.revert(s.heads()(), c)));
  return { ...s, memory, theirEdit: edit, theirUndo: undo, taken, takeAll };
}

describe("taking out a selection", () => {
  it("takes what is live", async () => {
    const { memory, theirEdit, taken } = await story();
    const edit = await theirEdit(memory, "theirs");
    expect(await taken()).toEqual([edit]);
  });

  it("takes also what the selection had taken back itself, which its own undo no longer holds down", async () => {
    const { memory, theirEdit, theirUndo, taken, takeAll, view } = await story();
    const edit = await theirEdit(memory, "theirs");
    const undo = await theirUndo(edit);
    expect(await taken()).toEqual([edit, undo]);
    await takeAll();
    expect(view(memory).content).toBe("mine");
  });

  it("leaves alone what somebody else holds down", async () => {
    const { memory, theirEdit, revert, taken } = await story();
    await revert(await theirEdit(memory, "theirs"));
    expect(await taken()).toEqual([]);
  });

  it("takes what somebody else holds down by a revert that the selection alone keeps in force", async () => {
    const { memory, theirEdit, theirUndo, revert, takeAll, view, ledger } = await story();
    const edit = await theirEdit(memory, "theirs");
    const [held] = await revert(edit);
    const [redo] = held ? await revert(held) : [];
    if (redo) await theirUndo(redo);
    expect(ledger.statuses.get(edit.id)?.state).toBe("reverted");
    await takeAll();
    expect(view(memory).content).toBe("mine");
  });

  it("brings back what the selection had taken from others", async () => {
    const { memory, edit, theirUndo, takeAll, view } = await story();
    await theirUndo(await edit(memory, "mine, corrected"));
    expect(view(memory).content).toBe("mine");
    await takeAll();
    expect(view(memory).content).toBe("mine, corrected");
  });

  it("takes what is suspended, so that nobody's later redo lets it in", async () => {
    const { memory, theirEdit, revert, takeAll, view } = await story();
    await theirEdit(memory, "theirs");
    const gone = await revert(memory);
    await takeAll();
    await revert(...gone);
    expect(view(memory)).toMatchObject({ exists: true, content: "mine" });
  });

  it("is itself one group that can be taken back", async () => {
    const { memory, theirEdit, theirUndo, takeAll, revert, view } = await story();
    await theirUndo(await theirEdit(memory, "theirs"));
    await theirEdit(memory, "theirs again");
    const { changes } = await takeAll();
    await revert(...changes);
    expect(view(memory).content).toBe("theirs again");
  });

  it("never takes an erasure", async () => {
    const { memory, purge, ledger } = await story();
    await purge(memory);
    expect((await takeOut(ledger, ledger.all)).map((c) => c.op)).toEqual(["create"]);
  });
});
