import Link from "next/link";

/** The way back to all cycles. */
export function CycleCrumbs() {
  return (
    <Link href="/cycles" className="rounded-xs underline-offset-2 hover:text-ink hover:underline">
      Cycles
    </Link>
  );
}
