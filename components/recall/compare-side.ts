import type { RecallInput } from "@/lib/client/keys";
import { formatDay } from "@/lib/format/time";
import type { Conditions } from "./test-conditions";
import { parameterTitle } from "../settings/parameter-title";

export const modes = ["hybrid", "keyword", "vector"] as const;
export type Mode = (typeof modes)[number];
export const modeLabels: Readonly<Record<Mode, string>> = {
  hybrid: "All routes",
  keyword: "Words only",
  vector: "Meaning only",
};

/** One side of a comparison: what is asked for other than the live settings. */
export interface CompareSide {
  readonly mode: Mode;
  /** A day; what was valid then. Null for now. */
  readonly at: string | null;
  /** A day; the store as its ledger had it at the end of that day. Null for as it is. */
  readonly stood: string | null;
  /** Drafted values by the parameter's name; they are tried out, never stored. */
  readonly drafts: Readonly<Record<string, number>>;
}

export const liveSide: CompareSide = { mode: "hybrid", at: null, stood: null, drafts: {} };

/** What outcomes taught has no weight here, so that the sides differ by learning alone. */
export const unlearnedSide: CompareSide = {
  ...liveSide,
  drafts: { "recall.weight.utility": 0, "recall.weight.cue": 0, "recall.weight.cueAgainst": 0 },
};

/** As the address holds it: `mode=keyword;at=2026-01-01;stood=2026-02-01;recall.weight.utility=0`. Null for the live settings. */
export function writeSide({ mode, at, stood, drafts }: CompareSide): string | null {
  const parts = [
    ...(mode === "hybrid" ? [] : [`mode=${mode}`]),
    ...(at === null ? [] : [`at=${at}`]),
    ...(stood === null ? [] : [`stood=${stood}`]),
    ...Object.entries(drafts).map(([name, value]) => `${name}=${value}`),
  ];
  return parts.length === 0 ? null : parts.join(";");
}

/** Whatever an address cannot mean is left out; a name that is no parameter is for the server to refuse. */
export function readSide(text: string | null): CompareSide {
  const pairs = (text ?? "").split(";").map((part) => part.split("="));
  const valueOf = (wanted: string) => pairs.find(([name]) => name === wanted)?.[1];
  const dayOf = (name: string) => /^\d{4}-\d\d-\d\d$/.exec(valueOf(name) ?? "")?.[0] ?? null;
  const drafts = pairs.flatMap(([name = "", value = ""]) =>
    name.includes(".") && value !== "" && Number.isFinite(Number(value))
      ? [[name, Number(value)] as const]
      : [],
  );
  return {
    mode: modes.find((mode) => mode === valueOf("mode")) ?? "hybrid",
    at: dayOf("at"),
    stood: dayOf("stood"),
    drafts: Object.fromEntries(drafts),
  };
}

/** A recall that only looks. The question keeps its own conditions, but for the day a side is asked as of. */
export function sideInput(
  { query, conditions }: { readonly query: string; readonly conditions: Conditions },
  { mode, at, stood, drafts }: CompareSide,
  limit: number,
): NonNullable<RecallInput> {
  return {
    query,
    limit,
    deterministic: true,
    ...conditions,
    ...(mode === "hybrid" ? {} : { mode }),
    ...(at === null ? {} : { asOf: at }),
    ...(stood === null ? {} : { stateAt: `${stood}T23:59:59.999Z` }),
    ...(Object.keys(drafts).length === 0 ? {} : { parameters: { ...drafts } }),
  };
}

function draftNames(drafts: CompareSide["drafts"]): readonly string[] {
  const entries = Object.entries(drafts);
  const isUnlearned =
    entries.length === Object.keys(unlearnedSide.drafts).length &&
    entries.every(([name, value]) => unlearnedSide.drafts[name] === value);
  if (isUnlearned) return ["without what outcomes taught"];
  return entries.map(([name, value]) => `${parameterTitle(name).toLowerCase()} ${value}`);
}

/** "Live settings", or all that differs from them. */
export function sideName({ mode, at, stood, drafts }: CompareSide): string {
  const parts = [
    ...(mode === "hybrid" ? [] : [modeLabels[mode].toLowerCase()]),
    ...draftNames(drafts),
    ...(at === null ? [] : [`valid as of ${formatDay(at)}`]),
    ...(stood === null ? [] : [`the store as it stood on ${formatDay(stood)}`]),
  ];
  const text = parts.join(", ");
  return text === "" ? "Live settings" : text.charAt(0).toUpperCase() + text.slice(1);
}
