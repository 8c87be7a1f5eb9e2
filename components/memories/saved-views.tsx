"use client";

import { Bookmark, Pencil, Trash2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { laterDialog } from "../ui/later-dialog";
import { IconButton } from "../ui/icon-button";
import type { MemorySearch } from "./use-memory-search";
import { useViews } from "./use-views";
import { builtInViews, isSameSearch, renamed, without, withView, type View } from "./views";

const ViewDialog = laterDialog(() => import("./view-dialog").then((module) => module.ViewDialog));

/** Searches by name, each a link; what is searched now can become one. */
export function SavedViews({ search }: { readonly search: MemorySearch }) {
  const [own, setOwn] = useViews();
  const [naming, setNaming] = useState<"new" | "rename" | null>(null);
  const now = search.state;
  const shown = [...builtInViews, ...own].find((view) => isSameSearch(view, now));
  const ownShown = own.find((view) => view.name === shown?.name);
  const save = (name: string) => {
    if (naming === "rename" && ownShown) setOwn(renamed(own, ownShown.name, name));
    else setOwn(withView(own, { name, q: now.q, sort: now.sort, lifecycle: now.lifecycle }));
    setNaming(null);
  };
  const isPlain = now.q.trim() === "" && now.lifecycle === "active";
  return (
    <nav aria-label="Saved views" className="-my-0.5 flex flex-wrap items-center gap-1">
      <ViewLink view={null} isShown={isPlain} />
      {[...builtInViews, ...own].map((view) => (
        <ViewLink key={view.name} view={view} isShown={view === shown} />
      ))}
      {ownShown ? (
        <>
          <IconButton label={`Rename “${ownShown.name}”`} size="sm" onClick={() => setNaming("rename")}>
            <Pencil aria-hidden />
          </IconButton>
          <IconButton
            label={`Delete “${ownShown.name}”`}
            size="sm"
            onClick={() => setOwn(without(own, ownShown.name))}
          >
            <Trash2 aria-hidden />
          </IconButton>
        </>
      ) : null}
      {shown || isPlain ? null : (
        <Button size="sm" variant="ghost" onClick={() => setNaming("new")}>
          <Bookmark aria-hidden />
          Save this view
        </Button>
      )}
      <ViewDialog
        open={naming !== null}
        onOpenChange={(open) => (open ? undefined : setNaming(null))}
        name={naming === "rename" ? (ownShown?.name ?? "") : ""}
        onSave={save}
      />
    </nav>
  );
}

interface ViewLinkProps {
  /** null: everything. */
  readonly view: View | null;
  readonly isShown: boolean;
}

function ViewLink({ view, isShown }: ViewLinkProps) {
  return (
    <Link
      href={hrefOf(view)}
      aria-current={isShown ? "page" : undefined}
      scroll={false}
      className={cn(
        "inline-flex h-(--control-h-sm) items-center rounded-md px-2 text-xs font-medium text-muted transition-colors hover:bg-hover hover:text-ink",
        isShown && "bg-pressed text-ink hover:bg-pressed",
      )}
    >
      {view?.name ?? "All memories"}
    </Link>
  );
}

function hrefOf(view: View | null): string {
  if (view === null) return "/memories";
  const query = new URLSearchParams();
  if (view.q !== "") query.set("q", view.q);
  if (view.sort !== "newest") query.set("sort", view.sort);
  if (view.lifecycle !== "active") query.set("lifecycle", view.lifecycle);
  return `/memories?${query.toString()}`;
}
