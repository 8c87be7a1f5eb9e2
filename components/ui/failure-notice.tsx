"use client";

import { RotateCw, TriangleAlert } from "lucide-react";
import { Button } from "./button";
import { CopyButton } from "./copy-button";
import { describeFailure } from "./failure";

export interface FailureNoticeProps {
  /** What failed, in the words of the page: "The memories could not be loaded". */
  readonly title: string;
  readonly error: unknown;
  readonly onRetry?: () => void;
  readonly isRetrying?: boolean;
}

export function FailureNotice({ title, error, onRetry, isRetrying = false }: FailureNoticeProps) {
  const failure = describeFailure(error);
  return (
    <div role="alert" className="flex flex-col items-center gap-3 px-4 py-8 text-center">
      <span className="flex size-10 items-center justify-center rounded-lg bg-loss-soft text-loss">
        <TriangleAlert aria-hidden className="size-5" strokeWidth={1.8} />
      </span>
      <div className="flex max-w-md flex-col gap-1">
        <p className="text-base font-medium">{title}</p>
        <p className="text-sm break-words text-muted">{failure.message}</p>
        {failure.requestId ? <RequestId requestId={failure.requestId} /> : null}
      </div>
      {onRetry ? (
        <Button onClick={onRetry} busy={isRetrying}>
          {isRetrying ? null : <RotateCw aria-hidden />}
          Retry
        </Button>
      ) : null}
    </div>
  );
}

export function RequestId({ requestId }: { readonly requestId: string }) {
  return (
    <span className="inline-flex items-center justify-center gap-1 text-xs text-muted">
      Request <code className="font-mono text-ink">{requestId}</code>
      <CopyButton text={requestId} label="Copy the request id" size="sm" />
    </span>
  );
}
