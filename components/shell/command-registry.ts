"use client";

import type { LucideIcon } from "lucide-react";
import { useEffect, useRef, useSyncExternalStore } from "react";

export interface Command {
  readonly id: string;
  readonly label: string;
  readonly icon?: LucideIcon;
  readonly keys?: readonly string[];
  /** Further words it is found by. */
  readonly keywords?: readonly string[];
  readonly run: () => void;
}

export interface CommandGroup {
  /** "3 memories selected", or the name of the page. */
  readonly heading: string;
  /** Groups about the selection stand above all others. */
  readonly isSelection?: boolean;
  readonly commands: readonly Command[];
}

const groups = new Map<symbol, CommandGroup>();
const listeners = new Set<() => void>();
let snapshot: readonly CommandGroup[] = [];

/** Puts commands into the command menu for as long as the component is mounted; null takes them out. */
export function useCommands(group: CommandGroup | null): void {
  const latest = useRef(group);
  useEffect(() => {
    latest.current = group;
  });
  const shape =
    group === null ? "" : `${group.heading}|${group.commands.map((command) => command.id).join(",")}`;
  useEffect(() => {
    const shown = latest.current;
    if (shown === null) return;
    const key = Symbol(shown.heading);
    groups.set(key, { ...shown, commands: shown.commands.map((command) => late(command, latest)) });
    publish();
    return () => {
      groups.delete(key);
      publish();
    };
  }, [shape]);
}

export function useCommandGroups(): readonly CommandGroup[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => snapshot,
    () => snapshot,
  );
}

/** Runs what the command is by then, not what it was when it was registered. */
function late(command: Command, latest: { readonly current: CommandGroup | null }): Command {
  return {
    ...command,
    run: () => latest.current?.commands.find((current) => current.id === command.id)?.run(),
  };
}

function publish(): void {
  const ordered = [...groups.values()];
  snapshot = [
    ...ordered.filter((group) => group.isSelection),
    ...ordered.filter((group) => !group.isSelection),
  ];
  for (const listener of listeners) listener();
}
