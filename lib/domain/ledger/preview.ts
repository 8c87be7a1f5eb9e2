import { belief } from "@/lib/domain/memory/confidence";
import { capitalised } from "@/lib/domain/graph/names";
import { CONSTANTS } from "@/lib/domain/parameters";
import { total } from "@/lib/domain/registers/evidence";
import { initial } from "@/lib/domain/registers/registers";
import type { Applied } from "./apply";
import type { TargetType } from "./change";
import type { Json, MemoryView } from "@/lib/domain/memory/memory";
import type { Parameters } from "@/lib/domain/parameters";
import type { EdgeRegisters } from "@/lib/domain/registers/edge-registers";
import type { EntityRegisters } from "@/lib/domain/registers/entity-registers";
import type { QuestionRegisters } from "@/lib/domain/registers/question-registers";
import type { Registers } from "@/lib/domain/registers/registers";

/** One register of one target that an append moves. */
export interface RegisterMove {
  readonly targetType: TargetType;
  readonly targetId: string;
  /** Beginning of the memory's text, or the parameter's name. */
  readonly label: string;
  readonly register: string;
  readonly before: Json;
  readonly after: Json;
}

/** Before → after for every register that an append moves; a preview and the act itself give the same list (law 12). */
export function registerMoves(applied: Applied, parameters: Parameters): RegisterMove[] {
  const memories = [...applied.memories].flatMap(([id, { before, after }]) =>
    differences(before === null ? {} : readMemory(before, parameters), readMemory(after, parameters)).map(
      (d) => ({
        targetType: "memory" as const,
        targetId: id,
        label: after.content || (before?.content ?? ""),
        ...d,
      }),
    ),
  );
  const others = [...applied.targets].flatMap(([key, { before, after }]) => {
    if (after.type === "memory") return [];
    const id = key.slice(after.type.length + 1);
    return differences(before === null ? unsaid(after.type) : readOther(before), readOther(after)).map(
      (d) => ({ targetType: after.type, targetId: id, label: otherLabel(after, before) ?? d.register, ...d }),
    );
  });
  return [...memories, ...others];
}

/** Changes that an append switches off or on besides those it reverts. */
export function switched(applied: Applied): { readonly suspended: string[]; readonly resumed: string[] } {
  const plain = applied.statuses.filter((m) => m.change.reverts === null);
  return {
    suspended: plain
      .filter((m) => m.before === "live" && m.after !== "live" && m.after.state === "suspended")
      .map((m) => m.change.id),
    resumed: plain.filter((m) => m.before !== "live" && m.after === "live").map((m) => m.change.id),
  };
}

function readMemory(view: MemoryView, parameters: Parameters): Record<string, Json> {
  if (view.erased) return { exists: false };
  if (!view.exists) return { exists: false };
  const {
    content,
    kind,
    tags,
    metadata,
    lifecycle,
    pinned,
    quarantined,
    mergedInto,
    mergedFrom,
    supersededBy,
    contestedWith,
    validAt,
    invalidAt,
  } = view;
  const confidence = belief(view.evidence, { kind, now: null, parameters }).confidence;
  return {
    exists: true,
    content,
    kind,
    tags,
    metadata,
    lifecycle,
    pinned,
    quarantined,
    mergedInto,
    mergedFrom,
    supersededBy,
    contestedWith,
    validAt,
    invalidAt,
    confidence,
  };
}

function readOther(registers: Registers): Record<string, Json> {
  if (registers.type === "workspace")
    return Object.fromEntries(
      Object.entries(registers.of.parameters).map(([name, write]) => [name, write.value]),
    );
  if (registers.type === "entity") return readEntity(registers.of);
  if (registers.type === "edge") return readEdge(registers.of);
  if (registers.type === "question") return { declined: readDeclined(registers.of) };
  if (registers.type !== "relation") return {};
  // Evidence sums are plain JSON.
  return { exists: registers.of.presence.length > 0, evidence: registers.of.evidence as Json };
}

/** Of a name nothing is said before something is. */
const unsaid = (type: TargetType): Record<string, Json> =>
  type === "entity" || type === "edge" ? readOther(initial(type)) : {};

const readEntity = ({
  introductions,
  called,
  type,
  hides,
  aliases,
}: EntityRegisters): Record<string, Json> => ({
  introduced: introductions.length > 0,
  name: called?.value ?? null,
  type: type?.value ?? null,
  hidden: hides.length > 0,
  sameAs: aliases.at(-1)?.name ?? null,
});

const readDeclined = ({ declines }: QuestionRegisters): Json =>
  declines.length === 0 ? null : declines.some((d) => d.forever) ? "for ever" : "for a while";

function readEdge(registers: EdgeRegisters): Record<string, Json> {
  const newest = registers.presence.at(-1);
  const [alpha, beta] = total(registers.evidence);
  return {
    related: newest !== undefined,
    validAt: newest?.validAt ?? null,
    invalidAt: newest?.invalidAt ?? null,
    hidden: registers.hides.length > 0,
    evidence: alpha + beta === 0 ? null : { alpha: alpha / CONSTANTS.micro, beta: beta / CONSTANTS.micro },
  };
}

/** Entities and edges are called by their names, which an empty target has lost; null: the register says it. */
function otherLabel(after: Registers, before: Registers | null): string | null {
  if (after.type === "entity")
    return capitalised(after.of.name || (before?.type === "entity" ? before.of.name : ""));
  if (after.type === "edge") {
    const ends = after.of.ends ?? (before?.type === "edge" ? before.of.ends : null);
    return ends === null ? "" : `${capitalised(ends.from)} ${ends.relation} ${capitalised(ends.to)}`;
  }
  return after.type === "workspace" ? null : "";
}

function differences(before: Record<string, Json>, after: Record<string, Json>) {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .map((register) => ({ register, before: before[register] ?? null, after: after[register] ?? null }))
    .filter((d) => JSON.stringify(d.before) !== JSON.stringify(d.after));
}
