"use client";

import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import { ThemeProvider } from "next-themes";
import { usePathname, useRouter } from "next/navigation";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { useState, type ReactNode } from "react";
import { AppFrame } from "@/components/shell/app-frame";
import { isFrameless } from "@/components/shell/navigation";
import { Toaster } from "@/components/ui/toaster";
import { TooltipProvider } from "@/components/ui/tooltip";
import { useLive } from "@/lib/client/live";
import { queries } from "@/lib/client/queries";
import { createQueryClient } from "@/lib/client/query-client";

interface WithChildren {
  readonly children: ReactNode;
}

/** `nonce` is for the script that sets the theme before the first paint. */
export function Providers({ nonce, children }: WithChildren & { readonly nonce: string }) {
  const router = useRouter();
  const [queryClient] = useState(() => createQueryClient(() => goToLogin(router.push)));
  return (
    <NuqsAdapter>
      <QueryClientProvider client={queryClient}>
        <ThemeProvider nonce={nonce} attribute="data-theme" defaultTheme="system" disableTransitionOnChange>
          <TooltipProvider>{children}</TooltipProvider>
          <Toaster />
        </ThemeProvider>
      </QueryClientProvider>
    </NuqsAdapter>
  );
}

/** The frame with its session and its live stream; a page that stands alone has neither. */
export function Frame({ children }: WithChildren) {
  const isSignedInPage = !isFrameless(usePathname());
  const session = useQuery({ ...queries.session(), enabled: isSignedInPage });
  const liveStatus = useLive(isSignedInPage);
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
