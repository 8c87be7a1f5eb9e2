import { furnishPages } from "../furnish-pages";
import type { PageSubjects } from "../page-list";
import { enterWorkspace, openWorkspace, remember, settle } from "./store";
import { storeVectors, synthetic } from "./synthetic";

import { startCycle } from "@/lib/commands/cycle/start-cycle";
import type { Context } from "@/lib/commands/context";
import type { CreateMemoryIn } from "@/lib/contracts/memory";
import { brand, type WorkspaceId } from "@/lib/domain/ids";
import { listCycles } from "@/lib/queries/cycles";
import { listWorkspaces } from "@/lib/store/workspaces";
import { liveIndex } from "@/lib/search/live-index";
import { allRead } from "@/lib/search/follow-graph";

export interface PageStore {
  readonly secret: string;
  readonly subjects: PageSubjects;
}

/** A cycle compares what is alike, which takes minutes in a full store; it runs while there are only so many. */
const EARLY = 2000;
/** Of those, one in so many is said again in nearly the same words. */
const REPEATED = 10;
const ASKED = 80;

/** A store of that size that has been used, so that no page of it is empty; one that an earlier run kept is used on. */
export async function pageStore(dataFolder: string, size: number, url: string): Promise<PageStore> {
  const name = `pages ${size}`;
  const { inputs, questions } = await synthetic(dataFolder, size);
  const kept = (await listWorkspaces()).find((workspace) => workspace.name === name);
  const { ctx, secret } = await (kept
    ? enterWorkspace(brand<WorkspaceId>(kept.id), name)
    : openWorkspace(name));
  if (kept === undefined) await fill(ctx, inputs, url);
  const subjects = await furnishPages(ctx, questions.slice(0, ASKED));
  const [cycle] = (await listCycles(ctx, {})).items;
  // The index follows by itself; it has to be done before its connections are taken away.
  await liveIndex(ctx.workspaceId);
  return { secret, subjects: { ...subjects, cycle: cycle?.id ?? "none" } };
}

async function fill(ctx: Context, inputs: readonly CreateMemoryIn[], url: string): Promise<void> {
  const given = inputs.map((input, i) => (i < EARLY ? saidAgain(inputs, input, i) : input));
  await storeVectors(
    url,
    ctx,
    given.map((input) => input.content),
  );
  await remember(ctx, given.slice(0, EARLY));
  await settle(ctx);
  const cycle = await startCycle(ctx, { trigger: "key", actor: ctx.actor });
  await cycle?.done;
  await remember(ctx, given.slice(EARLY));
  await settle(ctx);
  await allRead((await liveIndex(ctx.workspaceId)).index);
}

function saidAgain(inputs: readonly CreateMemoryIn[], input: CreateMemoryIn, place: number): CreateMemoryIn {
  const earlier = inputs[place - REPEATED + 1];
  return place % REPEATED === REPEATED - 1 && earlier !== undefined
    ? { ...input, content: `${earlier.content} Indeed.` }
    : input;
}
