"use client";

import { useQuery } from "@tanstack/react-query";
import { ThemeProvider } from "next-themes";
import { usePathname, useRouter } from "next/navigation";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { useCallback, type ReactNode } from "react";
import { AppFrame } from "@/components/shell/app-frame";
import { isFrameless } from "@/components/shell/navigation";
import { StateAtProvider, useStateAt } from "@/components/shell/state-at";
import { Toaster } from "@/components/ui/toaster";
import { TooltipProvider } from "@/components/ui/tooltip";
import { useLive } from "@/lib/client/live";
import { queries } from "@/lib/client/queries";

interface WithChildren {
  readonly children: ReactNode;
}

/** `nonce` is for the script that sets the theme before the first paint. */
export function Providers({ nonce, children }: WithChildren & { readonly nonce: string }) {
  const { push } = useRouter();
  const signIn = useCallback(() => goToLogin(push), [push]);
  return (
    <NuqsAdapter>
      <StateAtProvider onSignedOut={signIn}>
        <ThemeProvider nonce={nonce} attribute="data-theme" defaultTheme="system" disableTransitionOnChange>
          <TooltipProvider>{children}</TooltipProvider>
          <Toaster />
        </ThemeProvider>
      </StateAtProvider>
    </NuqsAdapter>
  );
}

/** The frame with its session and its live stream; a page that stands alone has neither. */
export function Frame({ children }: WithChildren) {
  const isSignedInPage = !isFrameless(usePathname());
  const session = useQuery({ ...queries.session(), enabled: isSignedInPage });
  const isEarlier = useStateAt().asOf !== null;
  const live = useLive(isSignedInPage && !isEarlier);
  const liveStatus = isEarlier ? ({ kind: "earlier" } as const) : live;
  return (
    <AppFrame liveStatus={liveStatus} workspaceName={session.data?.workspace.name ?? null}>
      {children}
    </AppFrame>
  );
}

function goToLogin(push: (href: string) => void): void {
  const { pathname, search } = window.location;
  if (isFrameless(pathname)) return;
  push(`/login?next=${encodeURIComponent(pathname + search)}`);
}
