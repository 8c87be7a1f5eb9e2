"use client";

import { useRouter } from "next/navigation";
import { useSyncExternalStore } from "react";
import { latestUndo, subscribeUndo } from "../ui/undo-offers";
import { undoLatest } from "../ui/undo-toast";
import { useShortcuts } from "../ui/use-shortcuts";
import { destinations } from "./navigation";

export interface ShellActions {
  readonly openCommands: () => void;
  readonly openKeys: () => void;
}

const EVERYWHERE = "Everywhere";

/** The keys that work on every page. */
export function useShellShortcuts({ openCommands, openKeys }: ShellActions): void {
  const router = useRouter();
  const canUndo = useSyncExternalStore(
    subscribeUndo,
    () => latestUndo() !== undefined,
    () => false,
  );
  useShortcuts(
    canUndo
      ? [{ keys: ["z"], label: "Undo what was just done", group: EVERYWHERE, run: () => void undoLatest() }]
      : [],
  );
  useShortcuts([
    { keys: ["Mod+k"], label: "Command menu", group: EVERYWHERE, run: openCommands, inDialogs: true },
    { keys: ["?"], label: "This list of keys", group: EVERYWHERE, run: openKeys },
    ...destinations.map((place) => ({
      keys: place.keys,
      label: place.label,
      group: "Go to",
      run: () => router.push(place.href),
    })),
  ]);
}
