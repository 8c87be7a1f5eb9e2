import {
  BookOpen,
  Brain,
  GitMerge,
  GraduationCap,
  History,
  LayoutDashboard,
  PlugZap,
  RefreshCw,
  Search,
  SlidersHorizontal,
  Waypoints,
} from "lucide-react";
import type { LucideIcon } from "lucide-react";

export interface Destination {
  readonly label: string;
  readonly href: string;
  readonly icon: LucideIcon;
  readonly keys: readonly [string, string];
  /** What is decided there, for the command menu. */
  readonly purpose: string;
  /** A page that does not exist yet is left out of the navigation. */
  readonly isBuilt: boolean;
}

const all: readonly Destination[] = [
  {
    label: "Overview",
    href: "/",
    icon: LayoutDashboard,
    keys: ["g", "o"],
    purpose: "Is the memory healthy, what needs me",
    isBuilt: true,
  },
  {
    label: "Memories",
    href: "/memories",
    icon: Brain,
    keys: ["g", "m"],
    purpose: "Keep, fix, archive or merge",
    isBuilt: true,
  },
  {
    label: "Recall",
    href: "/recall",
    icon: Search,
    keys: ["g", "r"],
    purpose: "Ask, and see why it ranks so",
    isBuilt: true,
  },
  {
    label: "Learning",
    href: "/learning",
    icon: GraduationCap,
    keys: ["g", "l"],
    purpose: "Is it worth it, where does it fail",
    isBuilt: true,
  },
  {
    label: "Graph",
    href: "/graph",
    icon: Waypoints,
    keys: ["g", "g"],
    purpose: "What is known about an entity",
    isBuilt: true,
  },
  {
    label: "Merges",
    href: "/merges",
    icon: GitMerge,
    keys: ["g", "e"],
    purpose: "Same fact or not",
    isBuilt: true,
  },
  {
    label: "Cycles",
    href: "/cycles",
    icon: RefreshCw,
    keys: ["g", "c"],
    purpose: "Review what an improvement run proposes",
    isBuilt: true,
  },
  {
    label: "Timeline",
    href: "/timeline",
    icon: History,
    keys: ["g", "t"],
    purpose: "What happened; take any of it back",
    isBuilt: true,
  },
  {
    label: "Connect",
    href: "/connect",
    icon: PlugZap,
    keys: ["g", "n"],
    purpose: "Give a program or an agent its key",
    isBuilt: true,
  },
  {
    label: "API reference",
    href: "/docs",
    icon: BookOpen,
    keys: ["g", "d"],
    purpose: "Every operation, with its fields",
    isBuilt: true,
  },
  {
    label: "Settings",
    href: "/settings",
    icon: SlidersHorizontal,
    keys: ["g", "s"],
    purpose: "Tune without fear",
    isBuilt: true,
  },
];

export const destinations: readonly Destination[] = all.filter((destination) => destination.isBuilt);

export function isCurrent(destination: Destination, pathname: string): boolean {
  if (destination.href === "/") return pathname === "/";
  return pathname === destination.href || pathname.startsWith(`${destination.href}/`);
}

/** Pages that stand alone, without navigation. */
export function isFrameless(pathname: string): boolean {
  return ["/login", "/join", "/reset"].includes(pathname);
}
