"use client";

import { CircleHelp, Keyboard, Palette, Search } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { LiveStatus } from "@/lib/client/live-status";
import { buttonVariants } from "../ui/button";
import { cn } from "../ui/cn";
import { IconButton } from "../ui/icon-button";
import { Kbd } from "../ui/kbd";
import { displayKeys } from "../ui/shortcut-match";
import { Tooltip } from "../ui/tooltip";
import { LiveBadge } from "./live-badge";
import { Mark } from "./mark";
import { destinations, isCurrent, type Destination } from "./navigation";
import { useIsMac } from "./use-is-mac";

const WorkspaceMenu = dynamic(() => import("./workspace-menu").then((module) => module.WorkspaceMenu), {
  ssr: false,
  loading: () => <span className="-mt-2 h-8" />,
});
const AppearanceMenu = dynamic(() => import("./appearance-menu").then((module) => module.AppearanceMenu), {
  ssr: false,
  loading: () => (
    <IconButton label="Appearance and keys" size="sm">
      <Palette aria-hidden />
    </IconButton>
  ),
});

export interface SidebarProps {
  readonly liveStatus: LiveStatus;
  readonly workspaceName: string | null;
  readonly onOpenCommands: () => void;
  readonly onOpenKeys: () => void;
  /** Called after a destination was chosen, to close the drawer. */
  readonly onNavigate?: () => void;
}

export function Sidebar({ liveStatus, workspaceName, onOpenCommands, onOpenKeys, onNavigate }: SidebarProps) {
  const pathname = usePathname();
  const isMac = useIsMac();
  return (
    <div className="flex h-full flex-col gap-3 p-3">
      <Link
        href="/"
        {...(onNavigate ? { onClick: onNavigate } : {})}
        className="flex items-center gap-2.5 rounded-md px-1.5 py-1"
      >
        <Mark className="size-6 shrink-0" />
        <span className="min-w-0 text-base leading-5 font-semibold tracking-tight">Palimpsest</span>
      </Link>
      <WorkspaceMenu name={workspaceName} />
      <button
        type="button"
        onClick={onOpenCommands}
        className="flex h-8 items-center gap-2 rounded-md border border-line-strong bg-surface px-2 text-sm text-muted shadow-low hover:text-ink"
      >
        <Search aria-hidden className="size-3.5" />
        <span className="flex-1 text-left">Search or act</span>
        <Kbd keys={displayKeys(["Mod+k"], isMac)} />
      </button>
      <nav aria-label="Main" className="flex flex-1 flex-col gap-px overflow-y-auto">
        {destinations.map((destination) => (
          <NavLink
            key={destination.href}
            destination={destination}
            current={isCurrent(destination, pathname)}
            {...(onNavigate ? { onNavigate } : {})}
          />
        ))}
      </nav>
      <div className="flex items-center gap-0.5 border-t border-line pt-2">
        <LiveBadge status={liveStatus} className="mr-auto" />
        <AppearanceMenu />
        <Tooltip content="Guide">
          <Link
            href="/guide"
            aria-label="Guide"
            {...(onNavigate ? { onClick: onNavigate } : {})}
            className={cn(buttonVariants({ variant: "ghost", size: "sm" }), "aspect-square min-w-6 px-0")}
          >
            <CircleHelp aria-hidden />
          </Link>
        </Tooltip>
        <IconButton label="Keys" keys={["?"]} size="sm" onClick={onOpenKeys}>
          <Keyboard aria-hidden />
        </IconButton>
      </div>
    </div>
  );
}

interface NavLinkProps {
  readonly destination: Destination;
  readonly current: boolean;
  readonly onNavigate?: () => void;
}

function NavLink({ destination, current, onNavigate }: NavLinkProps) {
  return (
    <Tooltip content={destination.purpose} keys={destination.keys} side="right">
      <Link
        href={destination.href}
        aria-current={current ? "page" : undefined}
        {...(onNavigate ? { onClick: onNavigate } : {})}
        className={cn(
          "focus-inset flex h-8 items-center gap-2.5 rounded-md px-2 text-sm font-medium text-muted transition-colors duration-100 hover:bg-hover hover:text-ink compact:h-7 pointer-coarse:h-10",
          current && "bg-pressed text-ink hover:bg-pressed",
        )}
      >
        <destination.icon
          aria-hidden
          className={cn("size-4 shrink-0", current && "text-accent")}
          strokeWidth={1.9}
        />
        {destination.label}
      </Link>
    </Tooltip>
  );
}
