"use client";

import { Sheet } from "../ui/sheet";
import { Sidebar, type SidebarProps } from "./sidebar";

export interface DrawerProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly sidebar: Omit<SidebarProps, "onNavigate">;
}

/** The navigation on screens that have no room for it beside the page. */
export function Drawer({ open, onOpenChange, sidebar }: DrawerProps) {
  return (
    <Sheet
      open={open}
      onOpenChange={onOpenChange}
      side="left"
      title="Menu"
      className="w-72! sm:w-72 [&>div]:p-0"
    >
      <Sidebar {...sidebar} onNavigate={() => onOpenChange(false)} />
    </Sheet>
  );
}
