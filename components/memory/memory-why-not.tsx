"use client";

import Link from "next/link";
import { useState } from "react";
import { TargetVerdict } from "../recall/target-verdict";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { Input } from "../ui/input";

/** Would a question find this memory, and if not, what would change that. */
export function MemoryWhyNot({ memoryId }: { readonly memoryId: string }) {
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState("");
  const search = new URLSearchParams({ q: asked, target: memoryId });
  return (
    <Card
      title="Why was it not found?"
      description="Type a question that it ought to have answered. This looks only; it is not logged."
    >
      <form
        className="flex gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(typed.trim());
        }}
      >
        <Input
          aria-label="The question"
          placeholder="The question, as it was asked"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button type="submit" disabled={typed.trim() === ""}>
          Look
        </Button>
      </form>
      {asked === "" ? null : (
        <div className="mt-4 flex flex-col gap-3" role="status">
          <TargetVerdict input={{ query: asked }} target={memoryId} />
          <Link
            href={`/recall?${search}`}
            className="self-start rounded-xs text-sm text-accent underline-offset-2 hover:underline"
          >
            The whole recall, stage by stage
          </Link>
        </div>
      )}
    </Card>
  );
}
