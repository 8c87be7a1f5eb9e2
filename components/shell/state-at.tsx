"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { usePathname, useSearchParams } from "next/navigation";
import {
  createContext,
  Fragment,
  use,
  useEffect,
  useLayoutEffect,
  useMemo,
  useState,
  type ReactNode,
} from "react";
import { createEarlierClient, createQueryClient } from "@/lib/client/query-client";
import { showState } from "@/lib/client/state-at";

export interface StateAt {
  /** The seq or the time that the pages show; null: the present. */
  readonly asOf: string | null;
  readonly show: (asOf: string) => void;
  readonly leave: () => void;
}

const Context = createContext<StateAt>({ asOf: null, show: () => undefined, leave: () => undefined });

export const useStateAt = (): StateAt => use(Context);

export interface StateAtProviderProps {
  readonly onSignedOut: () => void;
  readonly children: ReactNode;
}

/**
 * Shows the whole dashboard as of one point of the ledger: what was read of the present and of the past never share a cache, and
 * the pages begin anew when the state changes. The address says which state it is, on every page that is gone to from it.
 */
export function StateAtProvider({ onSignedOut, children }: StateAtProviderProps) {
  const stateAt = useShownState();
  const { asOf } = stateAt;
  const [present] = useState(() => createQueryClient(onSignedOut));
  const earlier = useMemo(
    () => (asOf === null ? null : createEarlierClient(onSignedOut)),
    [asOf, onSignedOut],
  );
  // What the children ask for when they are mounted comes after this.
  useLayoutEffect(() => showState(asOf), [asOf]);
  return (
    <Context value={stateAt}>
      <QueryClientProvider client={earlier ?? present}>
        <Fragment key={asOf ?? "now"}>{children}</Fragment>
      </QueryClientProvider>
    </Context>
  );
}

/** Links lead on without naming the state. It stays until somebody leaves it, or goes back to before it was entered. */
function useShownState(): StateAt {
  const inAddress = useSearchParams().get("asOf");
  const pathname = usePathname();
  const [kept, keep] = useState(inAddress);
  const [known, know] = useState(inAddress);
  // The address follows a little later when somebody enters or leaves, so only a move of its own is followed.
  if (known !== inAddress) {
    know(inAddress);
    if (inAddress !== null) keep(inAddress);
  }
  useEffect(() => {
    const followHistory = () => keep(new URLSearchParams(window.location.search).get("asOf"));
    window.addEventListener("popstate", followHistory);
    return () => window.removeEventListener("popstate", followHistory);
  }, []);
  useEffect(() => {
    if (kept !== null) nameInAddress(kept, "replaceState");
  }, [inAddress, kept, pathname]);
  useStateInLinks(kept);
  return useMemo(
    () => ({
      asOf: kept,
      show: (asOf: string) => {
        keep(asOf);
        nameInAddress(asOf, "pushState");
      },
      leave: () => {
        keep(null);
        nameInAddress(null, "pushState");
      },
    }),
    [kept],
  );
}

/** Next follows the history by itself, so a page need not be asked for again. */
function nameInAddress(asOf: string | null, how: "pushState" | "replaceState"): void {
  const url = new URL(window.location.href);
  if (url.searchParams.get("asOf") === asOf) return;
  if (asOf === null) url.searchParams.delete("asOf");
  else url.searchParams.set("asOf", asOf);
  window.history[how](null, "", url);
}

/** A link that is opened in a new tab or copied names the state, too: it is written in as soon as one is pointed at. */
function useStateInLinks(asOf: string | null): void {
  useEffect(() => {
    if (asOf === null) return;
    const name = ({ target }: Event) => {
      const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href^="/"]') : null;
      if (link === null || link.pathname.startsWith("/api/")) return;
      const url = new URL(link.href);
      url.searchParams.set("asOf", asOf);
      link.setAttribute("href", `${url.pathname}${url.search}${url.hash}`);
    };
    document.addEventListener("pointerover", name);
    document.addEventListener("focusin", name);
    return () => {
      document.removeEventListener("pointerover", name);
      document.removeEventListener("focusin", name);
    };
  }, [asOf]);
}
