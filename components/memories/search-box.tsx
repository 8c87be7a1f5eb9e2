"use client";

import { Search } from "lucide-react";
import { useId, useState, type KeyboardEvent, type RefObject } from "react";
import { cn } from "../ui/cn";
import { Input } from "../ui/input";
import { Kbd } from "../ui/kbd";
import { accepted, complete, type Completion, type Proposal } from "./completion";
import type { MemorySearch } from "./use-memory-search";

export interface SearchBoxProps {
  readonly box: RefObject<HTMLInputElement | null>;
  readonly typed: string;
  readonly onType: (text: string) => void;
  readonly facets: MemorySearch["facets"];
}

/** The box with proposals for the term being typed: Tab or Enter takes one, arrows choose, Esc puts them away. */
export function SearchBox({ box, typed, onType, facets }: SearchBoxProps) {
  const listId = useId();
  const [caret, setCaret] = useState<number | null>(null);
  const [chosen, setChosen] = useState(-1);
  const completion = caret === null ? null : complete(typed, caret, facets);
  const close = () => {
    setCaret(null);
    setChosen(-1);
  };
  const take = (proposal: Proposal, from: Completion) => {
    const next = accepted(typed, from, proposal);
    onType(next.text);
    setChosen(-1);
    setCaret(next.caret);
    requestAnimationFrame(() => box.current?.setSelectionRange(next.caret, next.caret));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (completion === null) return;
    const { proposals } = completion;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      setChosen(
        (chosen + step + proposals.length + (chosen === -1 && step === -1 ? 1 : 0)) % proposals.length,
      );
    } else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) takeAt(chosen);
    else if (event.key === "Tab" && !event.shiftKey && chosen >= 0) takeAt(chosen);
    else return;
    event.preventDefault();
  };
  const takeAt = (index: number) => {
    const proposal = completion?.proposals[index];
    if (completion !== null && proposal !== undefined) take(proposal, completion);
  };
  return (
    <div className="relative">
      <Input
        ref={box}
        type="search"
        role="combobox"
        aria-label="Search memories"
        aria-expanded={completion !== null}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={completion !== null && chosen >= 0 ? `${listId}-${chosen}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder="coffee   kind:preference   conf<0.4   used:>30d   is:pinned"
        icon={<Search aria-hidden />}
        trailing={<Kbd keys={["/"]} />}
        value={typed}
        onChange={(event) => {
          onType(event.target.value);
          setCaret(event.target.selectionStart ?? event.target.value.length);
          setChosen(-1);
        }}
        onClick={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
        onBlur={close}
      />
      <ProposalList id={listId} completion={completion} chosen={chosen} onTake={takeAt} />
    </div>
  );
}

interface ProposalListProps {
  readonly id: string;
  readonly completion: Completion | null;
  readonly chosen: number;
  readonly onTake: (index: number) => void;
}

function ProposalList({ id, completion, chosen, onTake }: ProposalListProps) {
  return (
    <ul
      id={id}
      role="listbox"
      aria-label="Search terms"
      className={cn(
        "absolute top-full left-0 z-30 mt-1 w-full max-w-md rounded-lg border border-line-strong bg-overlay p-1 shadow-float",
        completion === null && "hidden",
      )}
    >
      {completion?.proposals.map((proposal, index) => (
        <li
          key={proposal.text}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === chosen}
          // The box must keep the focus, or its list would close before the press arrives.
          onPointerDown={(event) => {
            event.preventDefault();
            onTake(index);
          }}
          className={cn(
            "flex min-h-7 pointer-coarse:min-h-(--control-h-sm) cursor-pointer items-baseline gap-3 rounded-sm px-2 py-1 hover:bg-hover",
            index === chosen && "bg-hover",
          )}
        >
          <code className="font-mono text-xs text-ink">{proposal.text}</code>
          <span className="num min-w-0 flex-1 truncate text-right text-xs text-muted">
            {proposal.meaning}
          </span>
        </li>
      ))}
    </ul>
  );
}
