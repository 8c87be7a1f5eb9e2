"use client";

import { laterDialog } from "./later-dialog";

/** For what cannot be undone, and for previews. Everything else acts at once and offers undo. */
export const Dialog = laterDialog(() => import("./dialog-now").then((module) => module.Dialog));
