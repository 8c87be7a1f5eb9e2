"use client";

import { CircleHelp, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { MemorySearch } from "@/components/merges/memory-search";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import type { RecallInput } from "@/lib/client/keys";
import { TargetVerdict } from "./target-verdict";

export interface WhyNotProps {
  readonly input: NonNullable<RecallInput>;
  readonly target: string | null;
  readonly onTargetChange: (target: string | null) => void;
}

/** Where one chosen memory fell out of this recall, and the smallest change that would bring it in. Looking, not asking: it is not logged. */
export function WhyNot({ input, target, onTargetChange }: WhyNotProps) {
  return (
    <Card
      title="Why not this one?"
      description="Choose a memory that you expected. This looks only; it is not logged."
      actions={
        target === null ? undefined : (
          <IconButton label="Ask about another memory" size="sm" onClick={() => onTargetChange(null)}>
            <X aria-hidden />
          </IconButton>
        )
      }
    >
      {target === null ? (
        <ChooseTarget onChoose={onTargetChange} />
      ) : (
        <TargetVerdict input={input} target={target} />
      )}
    </Card>
  );
}

function ChooseTarget({ onChoose }: { readonly onChoose: (id: string) => void }) {
  const [isOpen, setOpen] = useState(false);
  const [id, setId] = useState("");
  const box = useRef<HTMLDivElement>(null);
  // The button that opened it is gone, so the field that took its place takes the focus, too.
  useEffect(() => {
    if (isOpen) box.current?.querySelector("input")?.focus();
  }, [isOpen]);
  if (!isOpen) {
    return (
      <Button size="sm" onClick={() => setOpen(true)}>
        <CircleHelp aria-hidden />
        Choose a memory
      </Button>
    );
  }
  return (
    <div ref={box} className="flex flex-col gap-3">
      <MemorySearch
        label="Find the memory by its words"
        verb="Ask"
        onChoose={(memory) => onChoose(memory.id)}
      />
      <form
        className="flex gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (id.trim() !== "") onChoose(id.trim());
        }}
      >
        <Input
          aria-label="Or its id"
          placeholder="Or its id"
          value={id}
          onChange={(event) => setId(event.target.value)}
        />
        <Button type="submit">Ask</Button>
      </form>
    </div>
  );
}
