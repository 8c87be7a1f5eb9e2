/** Plays steps onto a ledger: turns each into the drafts that the product's command would append. */
import { draft, type DraftHead, type Linked, type Made, type MadeSource } from "@/lib/domain/ledger/draft";
import {
  brand,
  type ChangeId,
  type CycleId,
  type EdgeId,
  type EntityId,
  type GroupId,
  type MemoryId,
  type QuestionId,
  type RelationId,
  type WorkspaceId,
} from "@/lib/domain/ids";
import {
  at,
  birth,
  gateOf,
  madeIn,
  namesSaid,
  observed,
  setPayload,
  sharesFor,
  text,
  viewOf,
  whose,
  wordsFrom,
  wordsOf,
} from "./payloads";
import { ENTITY_TYPES } from "@/lib/domain/graph/extraction";
import type { Applied } from "@/lib/domain/ledger/apply";
import type { Change, ChangeWith, Draft, EdgeEnds, Support } from "@/lib/domain/ledger/change";
import type { Step, StepOf } from "./histories";
import type { InMemoryLedger } from "./in-memory-ledger";

export const WORKSPACE = brand<WorkspaceId>("workspace");
const PARAMETERS = ["recall.weight.utility", "learning.verdict.weight", "cycle.intervalMinutes"] as const;

export interface Player {
  readonly ledger: InMemoryLedger;
  readonly play: (steps: readonly Step[]) => Promise<void>;
  /** null: the step had nothing to act on. */
  readonly perform: (step: Step) => Promise<Applied | null>;
  /** Reverts of these changes, as one group. */
  readonly reverts: (changes: readonly Change[], who?: number) => Draft[];
}

export function playerOn(ledger: InMemoryLedger): Player {
  let made = 0;
  const next = <T>(name: string) => `${name}${(made += 1)}` as unknown as T; // ids are made outside the domain, here by counting
  const stage: Stage = {
    ledger,
    changeId: () => next<ChangeId>("c"),
    memoryId: () => next<MemoryId>("m"),
    heads: (who) => {
      const groupId = next<GroupId>("g");
      return (support = null) => ({
        ...whose(who),
        id: next<ChangeId>("c"),
        groupId,
        cycleId: null,
        cause: { kind: "request" },
        support,
      });
    },
  };
  const perform = async (step: Step) => {
    const drafts = draftsOf(stage, step);
    return drafts.length === 0 ? null : ledger.append(drafts);
  };
  return {
    ledger,
    perform,
    play: async (steps) => {
      for (const step of steps) await perform(step);
    },
    reverts: (changes, who = 0) => revertAll(stage, changes, who),
  };
}

interface Stage {
  readonly ledger: InMemoryLedger;
  readonly changeId: () => ChangeId;
  readonly memoryId: () => MemoryId;
  /** Heads of one group. */
  readonly heads: (who: number) => (support?: Support | null) => DraftHead;
}

function draftsOf(stage: Stage, step: Step): Draft[] {
  const head = stage.heads(step.who);
  const on = "memory" in step ? at(madeIn(stage.ledger), step.memory) : undefined;
  switch (step.do) {
    case "create":
      return [draft.create(head(), stage.memoryId(), birth(step.text, step.who))];
    case "batch":
      return batch(stage, step);
    case "merge":
      return merge(stage, step);
    case "link":
      return link(stage, step);
    case "observeRelation":
      return observeRelation(stage, step);
    case "entity":
      return entityEdit(stage, step);
    case "edge":
      return edgeEdit(stage, step);
    case "tune":
      return [draft.tune(head(), WORKSPACE, { name: PARAMETERS[step.name % 3] ?? "", value: step.value })];
    case "decline":
      return [decline(stage, step)];
    case "cycle":
      return cycle(stage, step);
    case "revert":
      return revertAll(stage, fromNewest(revertible(stage.ledger), step.change), step.who);
    case "redo":
      return revertAll(
        stage,
        fromNewest(
          revertible(stage.ledger).filter((c) => c.op === "revert"),
          step.revert,
        ),
        step.who,
      );
    case "revertGroup":
      return revertGroup(stage, step);
    case "revertSelection":
      return revertSelection(stage, step);
    default:
      return on === undefined ? [] : draftsOn(stage, on, step);
  }
}

type OnMemory = Exclude<
  Step,
  {
    do:
      | "create"
      | "batch"
      | "merge"
      | "link"
      | "observeRelation"
      | "tune"
      | "decline"
      | "cycle"
      | "entity"
      | "edge"
      | "revert"
      | "redo"
      | "revertGroup"
      | "revertSelection";
  }
>;

function draftsOn(stage: Stage, on: Made, step: OnMemory): Draft[] {
  const head = stage.heads(step.who);
  switch (step.do) {
    case "edit":
      return [
        draft.edit(head(), on, {
          content: text(step.text),
          madeFrom: wordsOf(stage.ledger, on.id, step.madeFrom),
        }),
      ];
    case "set":
      return [draft.set(head(), on, setPayload(step))];
    case "flag":
      return [draft[step.op](head(), on)];
    case "unpin":
      return revertAll(
        stage,
        live(stage.ledger).filter((c) => c.op === "pin" && c.target.id === on.id),
        step.who,
      );
    case "observe":
      return [draft.observe(head(), on, { ...observed(step), shares: sharesFor(stage.ledger, on.id, step) })];
    case "supersede":
    case "contest": {
      const by = at(madeIn(stage.ledger), step.by);
      if (by === undefined || by.id === on.id) return [];
      const contest = draft.contest(head(), on, by);
      return step.do === "contest" ? [contest] : [draft.supersede(head(), on, by), contest];
    }
    case "decide":
      return [draft.archive(head(gateOf(stage.ledger, step)), on)];
    case "purge":
      return [draft.purge(head(), on.id)];
  }
}

const live = (ledger: InMemoryLedger): Change[] => ledger.all.filter((c) => !ledger.statuses.has(c.id));
/** A purge can never be reverted. */
export const revertible = (ledger: InMemoryLedger): Change[] => ledger.all.filter((c) => c.op !== "purge");

const fromNewest = <T>(list: readonly T[], n: number): T[] =>
  list
    .slice()
    .reverse()
    .slice(n % Math.max(1, list.length))
    .slice(0, 1);
function merge(stage: Stage, step: StepOf<"merge">): Draft[] {
  const { ledger } = stage;
  const free = madeIn(ledger).flatMap((m): MadeSource[] => {
    const view = viewOf(ledger, m.id);
    return view?.exists && (step.claimed || view.mergedInto === null)
      ? [{ ...m, mergedFrom: view.mergedFrom }]
      : [];
  });
  const sources = [...new Set(step.sources.flatMap((n) => at(free, n) ?? []))];
  if (
    sources.length < 2 ||
    nested(
      ledger,
      sources.map((s) => s.id),
    )
  )
    return [];
  const head = stage.heads(step.who);
  const madeFrom = wordsFrom(
    ledger,
    sources.map((s) => s.id),
    step.madeFrom,
  );
  const result = stage.memoryId();
  const made = draft.merge(head(), result, {
    ...birth(sources.length, step.who),
    madeFrom,
    sources,
    similarity: 0.9,
  });
  return [made, ...sources.map((source) => draft.member(head(), source, { id: result, createdBy: made.id }))];
}

function decline(stage: Stage, { who, question, forever }: StepOf<"decline">): Draft {
  const asked = `archive:m${question}`;
  const payload = { question: asked, kind: "archive", proposal: `p${question}`, certainty: 0.5, forever };
  return draft.decline(stage.heads(who)(), brand<QuestionId>(asked), payload);
}

/** What a cycle applies is drafted as anything else is; its changes share one group and its id. */
function cycle(stage: Stage, step: StepOf<"cycle">): Draft[] {
  const { who } = step;
  const parts: readonly Step[] = [
    { do: "merge", who, sources: step.sources, madeFrom: "all", claimed: false },
    { do: "flag", who, memory: step.archive, op: "archive" },
    { do: "flag", who, memory: step.quarantine, op: "quarantine" },
    { do: "tune", who, name: step.value, value: step.value },
  ];
  const cycleId = brand<CycleId>(`y${stage.changeId()}`);
  const { groupId } = stage.heads(who)();
  return parts.flatMap((part) => draftsOf(stage, part)).map((made) => ({ ...made, cycleId, groupId }));
}

/** A memory cannot be merged with one that it is already inside of. */
function nested(ledger: InMemoryLedger, ids: readonly MemoryId[]): boolean {
  const under = (id: MemoryId): MemoryId[] =>
    (viewOf(ledger, id)?.mergedFrom ?? []).flatMap((m) => [m, ...under(m)]);
  return ids.some((id) => under(id).some((inside) => ids.includes(inside)));
}

function link(stage: Stage, step: StepOf<"link">): Draft[] {
  const made = madeIn(stage.ledger);
  const [from, to] = [at(made, step.from), at(made, step.to)];
  if (from === undefined || to === undefined || from.id === to.id) return [];
  const relation = brand<RelationId>(`${from.id}-${to.id}`);
  return [draft.link(stage.heads(step.who)(), relation, { from, to, relation: `relation ${step.who % 2}` })];
}

function observeRelation(stage: Stage, step: StepOf<"observeRelation">): Draft[] {
  const links = stage.ledger.all.filter((c): c is ChangeWith<"link"> => c.op === "link");
  const found = at(links, step.relation);
  if (found === undefined) return [];
  const linked: Linked = { id: brand<RelationId>(found.target.id), linkedBy: found.id };
  return [draft.observeRelation(stage.heads(step.who)(), linked, { ...observed(step), shares: null })];
}

function entityEdit(stage: Stage, step: StepOf<"entity">): Draft[] {
  const names = namesSaid(stage.ledger);
  const [name = "", intoName = ""] = [at(names, step.name), at(names, step.into)];
  const [head, id] = [stage.heads(step.who)(), entityId(name)];
  const [called, type] = [`Called ${step.value}`, ENTITY_TYPES[step.value % ENTITY_TYPES.length] ?? "other"];
  switch (step.op) {
    case "introduce":
      return [draft.introduce(head, id, { name, called, type })];
    case "rename":
      return [draft.rename(head, id, { name, called })];
    case "retype":
      return [draft.retype(head, id, { name, type })];
    case "alias":
      return name === intoName ? [] : [draft.alias(head, id, { name, into: entityId(intoName), intoName })];
    case "hide":
      return [draft.hideEntity(head, id, { name })];
  }
}

function edgeEdit(stage: Stage, step: StepOf<"edge">): Draft[] {
  const ends = step.op === "relate" ? newEnds(stage, step) : (endsOfOne(stage, step) ?? newEnds(stage, step));
  if (ends === undefined) return [];
  const [head, id] = [stage.heads(step.who)(), brand<EdgeId>(Object.values(ends).join("/"))];
  const { weight, source, at: observedAt } = observed(step);
  switch (step.op) {
    case "relate": {
      const validAt = step.day === 0 ? observedAt : null;
      return [draft.relate(head, id, { ...ends, validAt, invalidAt: null })];
    }
    case "weigh":
      return [draft.weigh(head, id, { ...ends, weight, source, at: observedAt })];
    case "hide":
      return [draft.hideEdge(head, id, ends)];
  }
}

function newEnds(stage: Stage, step: StepOf<"edge">): EdgeEnds | undefined {
  const names = namesSaid(stage.ledger);
  const [from = "", to = ""] = [at(names, step.from), at(names, step.to)];
  return from === to ? undefined : { from, to, relation: `relation ${step.who % 2}` };
}

/** Of an edge that somebody made before. */
function endsOfOne({ ledger }: Stage, step: StepOf<"edge">): EdgeEnds | undefined {
  const made = ledger.all.flatMap((c) => (c.op === "relate" ? [c.payload] : []));
  const found = at(made, step.from);
  return found && { from: found.from, to: found.to, relation: found.relation };
}

const entityId = (name: string): EntityId => brand<EntityId>(`entity-${name}`);

function revertAll(stage: Stage, changes: readonly Change[], who: number): Draft[] {
  const head = stage.heads(who);
  return changes.map((change) => draft.revert(head(), change));
}

/** All live changes of one group: a command, a merge, an earlier revert. */
function revertGroup(stage: Stage, step: StepOf<"revertGroup">): Draft[] {
  const groups = [...new Set(revertible(stage.ledger).map((c) => c.groupId))];
  const [group] = fromNewest(groups, step.group);
  return revertAll(
    stage,
    revertible(stage.ledger).filter((c) => c.groupId === group && !stage.ledger.statuses.has(c.id)),
    step.who,
  );
}

function revertSelection(stage: Stage, step: StepOf<"revertSelection">): Draft[] {
  const chosen = revertible(stage.ledger).filter((c) => c[step.by] === whose(step.who)[step.by]);
  return revertAll(
    stage,
    chosen.filter((c) => !stage.ledger.statuses.has(c.id)),
    step.who,
  );
}

/** An import in small: a memory, an edit and an observation of it, a pin of an older one, and reverts among them. */
function batch(stage: Stage, step: StepOf<"batch">): Draft[] {
  const head = stage.heads(step.who);
  const made = { id: stage.memoryId(), createdBy: stage.changeId() };
  const older = at(madeIn(stage.ledger), step.memory);
  const drafts: Draft[] = [
    draft.create({ ...head(), id: made.createdBy }, made.id, birth(step.text, step.who)),
    draft.edit(head(), made, { content: text(step.text + 1), madeFrom: [] }),
    draft.observe(head(), made, {
      ...observed({ alpha: 1, beta: 0, source: step.who, day: 0, split: [] }),
      shares: null,
    }),
    ...(older === undefined
      ? []
      : [
          draft.pin(head(), older),
          draft.edit(head(), older, { content: text(step.text + 2), madeFrom: [] }),
        ]),
  ];
  const old = revertible(stage.ledger);
  for (const n of step.reverts) {
    const change =
      n % 2 === 0
        ? fromNewest<Pick<Change, "id" | "target">>(drafts, Math.floor(n / 2))
        : fromNewest(old, Math.floor(n / 2));
    drafts.push(...change.map((c) => draft.revert(head(), c)));
  }
  return drafts;
}
