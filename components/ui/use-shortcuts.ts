"use client";

import { useEffect, useRef, useSyncExternalStore } from "react";
import { getPreferences } from "./preferences";
import { isSingleKey, matchStroke, strokeName } from "./shortcut-match";

export interface Shortcut {
  /** See `Binding` in shortcut-match: ["g", "m"], ["x"], ["Mod+k"]. */
  readonly keys: readonly string[];
  readonly label: string;
  /** Heading in the sheet of keys. */
  readonly group: string;
  readonly run: (event: KeyboardEvent) => void;
  /** Works also while a dialog or menu is open. */
  readonly inDialogs?: boolean;
}

const SEQUENCE_TIMEOUT_MS = 900;
const layers = new Set<readonly Shortcut[]>();
const listeners = new Set<() => void>();
let snapshot: readonly Shortcut[] = [];
let pending: readonly string[] = [];
let pendingTimer: ReturnType<typeof setTimeout> | undefined;

/** Binds keys for as long as the component is mounted; what is bound appears in the sheet of keys by itself. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  const shape = shortcuts.map((shortcut) => `${shortcut.keys.join(" ")}=${shortcut.label}`).join("|");
  useEffect(() => {
    const layer = latest.current.map((shortcut, index) => ({
      ...shortcut,
      run: (event: KeyboardEvent) => latest.current[index]?.run(event),
    }));
    return addLayer(layer);
  }, [shape]);
}

/** Everything that is bound now, oldest layer first. */
export function useBoundShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => snapshot,
    () => snapshot,
  );
}

function addLayer(layer: readonly Shortcut[]): () => void {
  if (layers.size === 0) document.addEventListener("keydown", onKeyDown);
  layers.add(layer);
  publish();
  return () => {
    layers.delete(layer);
    if (layers.size === 0) document.removeEventListener("keydown", onKeyDown);
    publish();
  };
}

function publish(): void {
  snapshot = [...layers].flat();
  for (const listener of listeners) listener();
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || isModifier(event.key)) return;
  const allowed = snapshot.filter((shortcut) => isAllowed(shortcut, event));
  const result = matchStroke(allowed, pending, strokeName(event));
  setPending(result.pending);
  if (result.binding === null) return;
  event.preventDefault();
  result.binding.run(event);
}

function isAllowed(shortcut: Shortcut, event: KeyboardEvent): boolean {
  if (!shortcut.inDialogs && isModalOpen()) return false;
  if (!isSingleKey(shortcut)) return true;
  if (!getPreferences().singleKeys || isTyping(event.target)) return false;
  return !(isPressable(event.target) && (event.key === "Enter" || event.key === " "));
}

function setPending(next: readonly string[]): void {
  pending = next;
  clearTimeout(pendingTimer);
  if (next.length > 0) pendingTimer = setTimeout(() => (pending = []), SEQUENCE_TIMEOUT_MS);
}

function isModifier(key: string): boolean {
  return key === "Shift" || key === "Control" || key === "Alt" || key === "Meta";
}

/** Radix locks the scroll of the body for as long as something modal is open. */
function isModalOpen(): boolean {
  return document.body.hasAttribute("data-scroll-locked");
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement)
    return !["checkbox", "radio", "button", "submit"].includes(target.type);
  return target.isContentEditable || target.matches("textarea, select, [role=textbox], [role=combobox]");
}

function isPressable(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches("button, a[href], summary, [role=button], [role=checkbox]")
  );
}
