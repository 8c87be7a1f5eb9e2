"use client";

import { Menu, Search } from "lucide-react";
import { usePathname } from "next/navigation";
import { Suspense, useState, type ReactNode } from "react";
import type { LiveStatus } from "@/lib/client/live-status";
import { TourBar } from "../tour/tour-bar";
import { IconButton } from "../ui/icon-button";
import { laterDialog } from "../ui/later-dialog";
import { AsOfFrame } from "./as-of-frame";
import { LiveBadge } from "./live-badge";
import { Mark } from "./mark";
import { isFrameless } from "./navigation";
import { Sidebar } from "./sidebar";
import { useKeptFocus } from "./use-kept-focus";
import { useShellShortcuts } from "./use-shell-shortcuts";

const CommandMenu = laterDialog(() => import("./command-menu").then((module) => module.CommandMenu));
const KeysSheet = laterDialog(() => import("./keys-sheet").then((module) => module.KeysSheet));
const Drawer = laterDialog(() => import("./drawer").then((module) => module.Drawer));

export interface AppFrameProps {
  readonly liveStatus: LiveStatus;
  readonly workspaceName: string | null;
  readonly children: ReactNode;
}

/** Navigation, command menu and keys around every page; a drawer takes the sidebar's place on narrow screens. */
export function AppFrame({ liveStatus, workspaceName, children }: AppFrameProps) {
  const pathname = usePathname();
  const [panel, setPanel] = useState<"commands" | "keys" | "drawer" | null>(null);
  const openCommands = () => setPanel("commands");
  const openKeys = () => setPanel("keys");
  const panelProps = (name: typeof panel) => ({
    open: panel === name,
    onOpenChange: (open: boolean) => setPanel(open ? name : null),
  });
  useShellShortcuts({ openCommands, openKeys });
  useKeptFocus();
  if (isFrameless(pathname)) return <main id="content">{children}</main>;
  const sidebar = { liveStatus, workspaceName, onOpenCommands: openCommands, onOpenKeys: openKeys };
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[14rem_minmax(0,1fr)]">
      <SkipLink />
      <aside className="sticky top-0 h-dvh border-r border-line bg-sidebar max-md:hidden">
        <Sidebar {...sidebar} />
      </aside>
      <div className="flex min-w-0 flex-col">
        <TopBar
          liveStatus={liveStatus}
          onOpenDrawer={() => setPanel("drawer")}
          onOpenCommands={openCommands}
        />
        <Suspense fallback={null}>
          <AsOfFrame />
        </Suspense>
        <TourBar />
        <main id="content" tabIndex={-1} className="min-w-0 flex-1 focus-visible:outline-none">
          <Suspense fallback={null}>{children}</Suspense>
        </main>
      </div>
      <Drawer {...panelProps("drawer")} sidebar={sidebar} />
      <CommandMenu {...panelProps("commands")} />
      <KeysSheet {...panelProps("keys")} />
    </div>
  );
}

function SkipLink() {
  return (
    <a
      href="#content"
      className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent-solid px-3 py-2 text-sm font-medium text-on-accent focus:translate-y-0"
    >
      Skip to the content
    </a>
  );
}

interface TopBarProps {
  readonly liveStatus: LiveStatus;
  readonly onOpenDrawer: () => void;
  readonly onOpenCommands: () => void;
}

function TopBar({ liveStatus, onOpenDrawer, onOpenCommands }: TopBarProps) {
  return (
    <header className="sticky top-0 z-30 flex h-12 items-center gap-1 border-b border-line bg-sidebar px-2 md:hidden">
      <IconButton label="Open the menu" onClick={onOpenDrawer}>
        <Menu aria-hidden />
      </IconButton>
      <Mark className="size-5" />
      <span className="ml-1 flex-1 text-base font-semibold tracking-tight">Palimpsest</span>
      <LiveBadge status={liveStatus} />
      <IconButton label="Search or act" onClick={onOpenCommands}>
        <Search aria-hidden />
      </IconButton>
    </header>
  );
}
