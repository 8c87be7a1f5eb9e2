"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { queries } from "@/lib/client/queries";

/** Another memory by its first words; its id until they are there, or when they are gone. */
export function MemoryLink({ memoryId }: { readonly memoryId: string }) {
  const found = useQuery(queries.memory(memoryId));
  return (
    <Link
      href={`/memories/${memoryId}`}
      className="line-clamp-2 rounded-xs text-accent underline-offset-2 hover:underline"
    >
      {found.data?.memory.content ?? memoryId}
    </Link>
  );
}
