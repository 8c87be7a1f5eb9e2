"use client";

import { useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { useDeferredValue, useId, useState, type KeyboardEvent, type Ref } from "react";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";
import type { CallOutput } from "@/lib/client/api";
import { queries } from "@/lib/client/queries";
import { plural } from "@/lib/format/number";
import { typeNames } from "./palette";

export type FoundEntity = CallOutput<"entities.list">["items"][number];

export interface EntitySearchProps {
  readonly label: string;
  readonly excluded?: readonly string[];
  readonly onChoose: (entity: FoundEntity) => void;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly className?: string;
}

const SHOWN = 8;

/** Finds an entity by part of one of its names: arrows step through what is found, Enter chooses. */
export function EntitySearch({ label, excluded = [], onChoose, inputRef, className }: EntitySearchProps) {
  const listId = useId();
  const [typed, setTyped] = useState("");
  const [place, setPlace] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const q = useDeferredValue(typed.trim());
  const { data } = useQuery({
    ...queries.entities({ q, limit: SHOWN + excluded.length }),
    enabled: q !== "",
  });
  const found =
    q === "" ? [] : (data?.items ?? []).filter(({ id }) => !excluded.includes(id)).slice(0, SHOWN);
  const active = found[Math.min(place, found.length - 1)];
  const choose = (entity: FoundEntity | undefined) => {
    if (entity === undefined) return;
    setTyped("");
    setOpen(false);
    onChoose(entity);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) setPlace((at) => Math.max(0, Math.min(found.length - 1, at + step)));
    else if (event.key === "Enter") choose(active);
    else if (event.key === "Escape" && isOpen) setOpen(false);
    else return;
    event.preventDefault();
  };
  const isShown = isOpen && q !== "";
  return (
    <div className={cn("relative", className)}>
      <Input
        ref={inputRef}
        type="search"
        role="combobox"
        aria-label={label}
        aria-expanded={isShown}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isShown && active ? `${listId}-${active.id}` : undefined}
        placeholder={label}
        icon={<Search aria-hidden />}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setPlace(0);
          setOpen(true);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setOpen(false)}
      />
      <ul
        id={listId}
        role="listbox"
        aria-label="Found entities"
        hidden={!isShown}
        className="absolute inset-x-0 top-full z-30 mt-1 max-h-72 overflow-y-auto rounded-md border border-line-strong bg-overlay py-1 shadow-float"
      >
        {found.map((entity) => (
          <Option
            key={entity.id}
            id={`${listId}-${entity.id}`}
            entity={entity}
            isActive={entity === active}
            onChoose={choose}
          />
        ))}
        {found.length === 0 ? (
          <li className="px-3 py-1.5 text-sm text-muted">No entity is called so</li>
        ) : null}
      </ul>
    </div>
  );
}

interface OptionProps {
  readonly id: string;
  readonly entity: FoundEntity;
  readonly isActive: boolean;
  readonly onChoose: (entity: FoundEntity) => void;
}

function Option({ id, entity, isActive, onChoose }: OptionProps) {
  return (
    <li
      id={id}
      role="option"
      aria-selected={isActive}
      // The field keeps the focus, so that leaving it does not close the list before the click arrives.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onChoose(entity)}
      className={cn(
        "flex cursor-pointer items-baseline gap-2 px-3 py-1.5 text-sm hover:bg-hover",
        isActive && "bg-hover",
      )}
    >
      <span className="min-w-0 flex-1 truncate">{entity.name}</span>
      <span className="text-xs text-muted">
        {typeNames[entity.type]}, {plural(entity.memories, "memory", "memories")}
      </span>
    </li>
  );
}
