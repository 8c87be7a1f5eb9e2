"use client";

import { laterDialog } from "@/components/ui/later-dialog";

export const RevertDialog = laterDialog(() =>
  import("./revert-dialog").then((module) => module.RevertDialog),
);
