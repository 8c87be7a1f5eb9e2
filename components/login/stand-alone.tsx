import type { ReactNode } from "react";
import { Mark } from "@/components/shell/mark";

/** A page before anybody is signed in: the mark, what it is for, and one panel. */
export function StandAlone({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="flex min-h-dvh items-center justify-center px-4 py-10">
      <div className="w-full max-w-sm">
        <div className="mb-6 flex items-center gap-2.5">
          <Mark className="size-7 shrink-0" />
          <h1 className="text-xl font-semibold tracking-tight text-balance">{title}</h1>
        </div>
        {children}
      </div>
    </div>
  );
}

export function Panel({ children }: { readonly children: ReactNode }) {
  return (
    <div className="flex flex-col gap-5 rounded-xl border border-line bg-surface p-5 shadow-card">
      {children}
    </div>
  );
}
