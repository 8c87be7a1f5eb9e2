"use client";

import dynamic from "next/dynamic";

/** The place where toasts appear, fetched after the page stands. */
export const Toaster = dynamic(() => import("./toasts").then((module) => module.Toaster), { ssr: false });
