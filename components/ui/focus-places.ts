/** Anything a key can be pressed on. */
const FOCUSABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select, textarea, summary, [tabindex]:not([tabindex="-1"])';
const ROW = "li, tr, article, [role=row]";

/**
 * Where the keys go on from when an element is gone, best first: the element itself, the row that takes its place, the row before
 * it, whatever around it can take the focus, and at last the page's content.
 */
export function focusPlaces(element: HTMLElement): readonly HTMLElement[] {
  const places = [element];
  for (let one: HTMLElement | null = element; one !== null; one = one.parentElement) {
    if (one !== element && one.hasAttribute("tabindex")) places.push(one);
    if (one.matches(ROW)) places.push(...neighbours(one));
  }
  const content = document.getElementById("content");
  return content === null ? places : [...places, content];
}

/** Takes the focus to the first place that is still there. */
export function focusFirstLeft(places: readonly HTMLElement[]): void {
  for (const place of places) {
    const target = place.isConnected ? focusableIn(place) : null;
    if (target === null) continue;
    target.focus({ preventScroll: true });
    if (document.activeElement === target) return;
  }
}

function neighbours(row: HTMLElement): readonly HTMLElement[] {
  return [row.nextElementSibling, row.previousElementSibling].filter(
    (sibling): sibling is HTMLElement => sibling instanceof HTMLElement && sibling.matches(ROW),
  );
}

/** A row of a list may itself be in the tab order; else the first thing in it that is. */
function focusableIn(place: HTMLElement): HTMLElement | null {
  if (place.hasAttribute("tabindex") || place.matches(FOCUSABLE)) return place;
  return place.querySelector<HTMLElement>(FOCUSABLE);
}
