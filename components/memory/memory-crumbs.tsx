import Link from "next/link";

/** The way back to the list, which keeps its place. */
export function MemoryCrumbs() {
  return (
    <Link href="/memories" className="rounded-xs underline-offset-2 hover:text-ink hover:underline">
      Memories
    </Link>
  );
}
