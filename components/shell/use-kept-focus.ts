"use client";

import { useEffect } from "react";
import { focusFirstLeft, focusPlaces } from "../ui/focus-places";

/** Dialogs give the focus back by themselves, a moment after they are gone. */
const PATIENCE_MS = 120;

/**
 * When what had the focus disappears, as a restored row or a button that did its work does, the keys go on from the nearest place
 * that is still there, and never from the top of the document.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let path: readonly HTMLElement[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const remember = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement) path = focusPlaces(target);
    };
    const forget = () => (path = []);
    const check = () => {
      const [had] = path;
      if (had === undefined || had.isConnected || document.activeElement !== document.body) return;
      focusFirstLeft(path);
    };
    const observer = new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(check, PATIENCE_MS);
    });
    document.addEventListener("focusin", remember);
    document.addEventListener("pointerdown", forget);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      document.removeEventListener("focusin", remember);
      document.removeEventListener("pointerdown", forget);
    };
  }, []);
}
