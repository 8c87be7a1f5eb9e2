"use client";

import type { Draft } from "./draft";
import type { Parameter } from "./parameter-list";
import { PreviewFading } from "./preview-fading";
import { PreviewRanks } from "./preview-ranks";
import { PreviewThreshold } from "./preview-threshold";

export interface DraftPreviewProps {
  readonly wanted: readonly { readonly parameter: Parameter; readonly next: number }[];
  readonly parameters: readonly Parameter[];
  /** The draft as an address holds it. */
  readonly address: string;
}

const HALF_LIFE = "time.halfLife.";
const MERGES = "cycle.auto.merge";
/** Parameters that a recall is computed with, so that a recall can be tried with other values of them. */
const isOfRecall = ({ group, name }: Parameter) => group === "recall" || name.startsWith("learning.cue");

/** Each kind of parameter by what it can be seen in: ranks, fading, or one's own decisions. */
export function DraftPreview({ wanted, parameters, address }: DraftPreviewProps) {
  const ofRecall: Draft = Object.fromEntries(
    wanted
      .filter(({ parameter }) => isOfRecall(parameter))
      .map(({ parameter, next }) => [parameter.name, next]),
  );
  const valueOf = (name: string) => parameters.find((parameter) => parameter.name === name)?.value ?? 1;
  const prior = { alpha: valueOf("learning.prior.alpha"), beta: valueOf("learning.prior.beta") };
  const silent = wanted.filter(
    ({ parameter }) =>
      !isOfRecall(parameter) && !parameter.name.startsWith(HALF_LIFE) && parameter.name !== MERGES,
  );
  return (
    <>
      {Object.keys(ofRecall).length > 0 ? <PreviewRanks draft={ofRecall} address={address} /> : null}
      {wanted.map(({ parameter, next }) =>
        parameter.name.startsWith(HALF_LIFE) ? (
          <PreviewFading
            key={parameter.name}
            kind={parameter.name.slice(HALF_LIFE.length)}
            now={{ ...prior, halfLifeDays: parameter.value }}
            drafted={{ ...prior, halfLifeDays: next }}
          />
        ) : parameter.name === MERGES ? (
          <PreviewThreshold key={parameter.name} threshold={parameter.value} draft={next} />
        ) : null,
      )}
      {silent.map(({ parameter, next }) => (
        <p key={parameter.name} className="text-sm text-pretty text-muted">
          {next > parameter.value ? "" : "The opposite of: "}
          {parameter.effect} This shows in what happens from now on, so there is nothing to draw.
        </p>
      ))}
    </>
  );
}
