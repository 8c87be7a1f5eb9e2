/**
 * Where the focus goes when a panel opens: to what asks for it with `data-autofocus`, else to the panel. Left alone it would
 * go to the close button, whose tooltip then takes the first Escape.
 */
export function focusOnOpen(event: Event): void {
  if (!(event.target instanceof HTMLElement)) return;
  event.preventDefault();
  const wanted = event.target.querySelector<HTMLElement>("[data-autofocus]");
  (wanted ?? event.target).focus();
}
