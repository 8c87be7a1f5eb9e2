import { CircleSlash, GitMerge, Pencil, SkipForward, Split } from "lucide-react";
import type { ReactNode } from "react";
import { Button, type ButtonProps } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";

export interface QueueVerdictsProps {
  readonly count: number;
  readonly isBusy: boolean;
  readonly isReady: boolean;
  readonly merge: () => void;
  readonly keepBoth: () => void;
  readonly never: () => void;
  readonly edit: () => void;
  readonly next: () => void;
}

/** The verdicts with their keys. */
export function QueueVerdicts(props: QueueVerdictsProps) {
  const { count, isBusy, isReady, merge, keepBoth, never, edit, next } = props;
  return (
    <div className="flex flex-wrap items-center gap-2 border-t border-line pt-4">
      <Verdict keyName="m" variant="primary" busy={isBusy} disabled={!isReady} onClick={merge}>
        {isBusy ? null : <GitMerge aria-hidden />}
        Merge {count} into one
      </Verdict>
      <Verdict keyName="k" disabled={isBusy} onClick={keepBoth}>
        <Split aria-hidden />
        {count > 2 ? "Keep all" : "Keep both"}
      </Verdict>
      <Verdict keyName="e" disabled={isBusy} onClick={edit}>
        <Pencil aria-hidden />
        Edit
      </Verdict>
      <Verdict keyName="x" variant="ghost" disabled={isBusy} onClick={never}>
        <CircleSlash aria-hidden />
        Never ask again
      </Verdict>
      <span className="sm:ml-auto">
        <Verdict keyName="n" variant="ghost" onClick={next}>
          <SkipForward aria-hidden />
          Next
        </Verdict>
      </span>
    </div>
  );
}

interface VerdictProps extends ButtonProps {
  readonly keyName: string;
  readonly children: ReactNode;
}

function Verdict({ keyName, children, ...props }: VerdictProps) {
  return (
    <Button aria-keyshortcuts={keyName} {...props}>
      {children}
      <span aria-hidden className="max-sm:hidden">
        <Kbd keys={[keyName]} />
      </span>
    </Button>
  );
}
