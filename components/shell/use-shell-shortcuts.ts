"use client";

import { useRouter } from "next/navigation";
import { undoLatest } from "../ui/undo-toast";
import { useShortcuts } from "../ui/use-shortcuts";
import { destinations } from "./navigation";

export interface ShellActions {
  readonly openCommands: () => void;
  readonly openKeys: () => void;
}

/** The keys that work on every page. */
export function useShellShortcuts({ openCommands, openKeys }: ShellActions): void {
  const router = useRouter();
  useShortcuts([
    { keys: ["Mod+k"], label: "Command menu", group: "Everywhere", run: openCommands, inDialogs: true },
    { keys: ["?"], label: "This list of keys", group: "Everywhere", run: openKeys },
    { keys: ["z"], label: "Undo what was just done", group: "Everywhere", run: () => void undoLatest() },
    ...destinations.map((place) => ({
      keys: place.keys,
      label: place.label,
      group: "Go to",
      run: () => router.push(place.href),
    })),
  ]);
}
