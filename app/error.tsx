"use client";

import { FailureNotice } from "@/components/ui/failure-notice";
import { Page } from "@/components/ui/page-header";

interface ErrorPageProps {
  readonly error: Error & { readonly digest?: string };
  readonly retry: () => void;
}

/** What a person sees when a page itself fails; a failing part of a page says so in its own panel. */
export default function ErrorPage({ error, retry }: ErrorPageProps) {
  return (
    <Page>
      <FailureNotice
        title="This page could not be shown"
        error={{ message: error.message, requestId: error.digest }}
        onRetry={retry}
      />
    </Page>
  );
}
