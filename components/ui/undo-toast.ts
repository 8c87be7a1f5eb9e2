import { latestUndo } from "./undo-offers";

/** Toasts are fetched after the page stands: nothing has been done yet that one could speak of. */
const loadToasts = () => import("./toasts");

export interface UndoToast {
  /** What was done, in the past tense and with its count: "Archived 214 memories". */
  readonly message: string;
  readonly onUndo: () => Promise<unknown>;
  /** The entry on the timeline, so that undo outlives the toast; absent of what is kept beside the ledger. */
  readonly timelineHref?: string;
}

export const UNDO_WINDOW_MS = 10_000;

/** Says what was done and offers to take it back for ten seconds, longer while it is hovered or focused. */
export function showUndo(undo: UndoToast): void {
  void loadToasts().then(({ popUndo }) => popUndo(undo));
}

export function showDone(message: string): void {
  void loadToasts().then(({ popDone }) => popDone(message));
}

export function showFailure(title: string, error: unknown): void {
  void loadToasts().then(({ popFailure }) => popFailure(title, error));
}

/** What the key `z` does; false when there is nothing left to undo here. */
export function undoLatest(): boolean {
  const undo = latestUndo();
  undo?.();
  return undo !== undefined;
}
