"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { ChevronsUpDown, LogOut, Settings2, UserRound } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { account } from "@/lib/client/account";
import { useVerb, verbs } from "@/lib/client/mutations";
import { queries } from "@/lib/client/queries";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "../ui/dropdown-menu";
import { showFailure } from "../ui/undo-toast";
import { loadAnew } from "./load-anew";

/** Where one is, where else one may go, who one is, and the way out. */
export function WorkspaceMenu({ name }: { readonly name: string | null }) {
  const [isOpen, setOpen] = useState(false);
  const workspaces = useQuery({ ...queries.workspaces(), enabled: isOpen });
  const session = useQuery({ ...queries.session(), enabled: isOpen });
  const enter = useVerb(verbs.enterWorkspace);
  const signOut = useMutation({
    mutationFn: account.signOut,
    onSuccess: () => loadAnew("/login"),
    onError: (error) => showFailure("You are still signed in", error),
  });
  const open = workspaces.data?.items.filter(({ archivedAt }) => archivedAt === null) ?? [];
  const go = (id: string) =>
    enter.mutate(
      { params: { id }, body: {} },
      {
        // Everything on the page is of the workspace before: it is loaded anew from the start.
        onSuccess: () => loadAnew("/"),
        onError: (error) => showFailure("You are still where you were", error),
      },
    );
  return (
    <DropdownMenu open={isOpen} onOpenChange={setOpen}>
      <DropdownMenuTrigger className="focus-inset -mt-2 flex h-8 items-center gap-2 rounded-md px-2 text-left text-sm text-muted hover:bg-hover hover:text-ink data-[state=open]:bg-hover">
        <span className="sr-only">Workspace: </span>
        <span className="min-w-0 flex-1 truncate">{name ?? "…"}</span>
        <ChevronsUpDown aria-hidden className="size-3.5 shrink-0" />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="w-60">
        <DropdownMenuLabel>Workspaces</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={open.find((one) => one.isCurrent)?.id ?? ""} onValueChange={go}>
          {open.map(({ id, name: itsName }) => (
            <DropdownMenuRadioItem key={id} value={id}>
              {itsName}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
        {workspaces.isError ? <DropdownMenuLabel>They could not be listed.</DropdownMenuLabel> : null}
        <DropdownMenuItem icon={<Settings2 aria-hidden />} asChild>
          <Link href="/settings?tab=workspaces">Manage workspaces</Link>
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuLabel>{session.data?.person?.name ?? "Signed in"}</DropdownMenuLabel>
        <DropdownMenuItem icon={<UserRound aria-hidden />} asChild>
          <Link href="/settings?tab=account">Your account</Link>
        </DropdownMenuItem>
        <DropdownMenuItem icon={<LogOut aria-hidden />} onSelect={() => signOut.mutate()}>
          Sign out
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
