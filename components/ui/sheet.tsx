"use client";

import { laterDialog } from "./later-dialog";

/** A panel at the side of the page; as a peek it leaves the page usable. */
export const Sheet = laterDialog(() => import("./sheet-now").then((module) => module.Sheet));
