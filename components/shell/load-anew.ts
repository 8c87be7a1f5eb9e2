/** Loads a page from the start: after a change of workspace or person nothing that is held, and no open stream, may stay. */
export function loadAnew(path: string): void {
  window.location.assign(new URL(path, window.location.origin));
}
