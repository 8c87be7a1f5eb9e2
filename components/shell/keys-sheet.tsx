"use client";

import Link from "next/link";
import { Dialog } from "../ui/dialog";
import { Kbd } from "../ui/kbd";
import { usePreferences } from "../ui/preferences";
import { displayKeys } from "../ui/shortcut-match";
import { useBoundShortcuts, type Shortcut } from "../ui/use-shortcuts";
import { useIsMac } from "./use-is-mac";

export interface KeysSheetProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Lists what is bound right now, page and all, so that it cannot fall behind the code. */
export function KeysSheet({ open, onOpenChange }: KeysSheetProps) {
  const shortcuts = useBoundShortcuts();
  const isMac = useIsMac();
  const { singleKeys } = usePreferences();
  const groups = [...new Set(shortcuts.map((shortcut) => shortcut.group))];
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Keys"
      description={
        singleKeys
          ? "Single keys rest while you type. They can be switched off under Appearance and keys."
          : "Single-key shortcuts are switched off; only those with Ctrl or Cmd work."
      }
    >
      <div className="grid gap-x-10 gap-y-5 sm:grid-cols-2">
        {groups.map((name) => (
          <section key={name}>
            <h3 className="mb-1 text-xs font-medium text-muted">{name}</h3>
            <dl>
              {uniqueByKeys(shortcuts.filter((shortcut) => shortcut.group === name)).map((shortcut) => (
                <div key={shortcut.keys.join(" ")} className="flex items-center justify-between gap-4 py-1">
                  <dt className="text-sm">{shortcut.label}</dt>
                  <dd>
                    <Kbd keys={displayKeys(shortcut.keys, isMac)} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="mt-5 border-t border-line pt-3 text-sm">
        <Link
          href="/guide"
          onClick={() => onOpenChange(false)}
          className="text-accent underline underline-offset-2"
        >
          Open the guide
        </Link>
        , a page for each task.
      </p>
    </Dialog>
  );
}

/** Where two layers bind the same keys, the later one acts, so only that one is listed. */
function uniqueByKeys(shortcuts: readonly Shortcut[]): readonly Shortcut[] {
  return [...new Map(shortcuts.map((shortcut) => [shortcut.keys.join(" "), shortcut])).values()];
}
