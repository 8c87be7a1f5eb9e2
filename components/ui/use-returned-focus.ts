"use client";

import { useRef } from "react";
import { focusOnOpen } from "./focus-on-open";
import { focusFirstLeft, focusPlaces } from "./focus-places";

export interface ReturnedFocus {
  readonly onOpenAutoFocus: (event: Event) => void;
  readonly onCloseAutoFocus: (event: Event) => void;
}

/**
 * Panels here are opened by state, not by a trigger that Radix would know, so where the focus was has to be remembered. What was
 * done in the panel may have taken the row away that it was opened from: then the keys go on in the row that took its place.
 */
export function useReturnedFocus(onOpen: (event: Event) => void = focusOnOpen): ReturnedFocus {
  const places = useRef<readonly HTMLElement[]>([]);
  return {
    onOpenAutoFocus: (event) => {
      const opener = document.activeElement;
      places.current = opener instanceof HTMLElement ? focusPlaces(opener) : [];
      onOpen(event);
    },
    onCloseAutoFocus: (event) => {
      event.preventDefault();
      focusFirstLeft(places.current);
    },
  };
}
