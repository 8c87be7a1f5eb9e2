"use client";

import { useId } from "react";
import { plural } from "@/lib/format/number";
import type { RevertAnswer } from "./revert-target";

export type Contamination = NonNullable<RevertAnswer["contamination"]>;
export type ContaminationLevel = Contamination["level"];

export interface ContaminationChoiceProps {
  readonly contamination: Contamination;
  readonly level: ContaminationLevel;
  readonly onLevelChange: (level: ContaminationLevel) => void;
}

/** How far the revert reaches into what other memories learned in recalls that showed the one which is unmade. */
export function ContaminationChoice({ contamination, level, onLevelChange }: ContaminationChoiceProps) {
  const name = useId();
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 text-sm font-medium">
        {plural(contamination.memories, "other memory", "other memories")} learned beside it
      </legend>
      {contaminationChoices(contamination).map((choice) => (
        <label key={choice.level} className="flex items-start gap-2.5 text-sm">
          <input
            type="radio"
            name={name}
            value={choice.level}
            checked={level === choice.level}
            onChange={() => onLevelChange(choice.level)}
            className="mt-0.5 size-4 shrink-0 accent-accent-solid"
          />
          <span>
            {choice.label} <span className="num text-muted">({choice.count})</span>
            <span className="block text-xs text-muted">{choice.meaning}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

export interface ContaminationOption {
  readonly level: ContaminationLevel;
  readonly label: string;
  readonly count: string;
  readonly meaning: string;
}

/** The three levels, from the narrowest; each names how many changes it takes out beside what was chosen. */
export function contaminationChoices({
  blame,
  all,
}: Pick<Contamination, "blame" | "all">): readonly ContaminationOption[] {
  return [
    {
      level: "none",
      label: "Only this",
      count: "nothing more",
      meaning: "What others learned beside it stays as it is.",
    },
    {
      level: "blame",
      label: "Also what others were blamed for beside it",
      count: `${plural(blame, "change")} more`,
      meaning: "An answer that failed because of it was held against all that was shown with it.",
    },
    {
      level: "all",
      label: "Everything that others learned beside it",
      count: `${plural(all, "change")} more`,
      meaning: "What they gained in those recalls, too.",
    },
  ];
}
