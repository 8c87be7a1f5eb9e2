/** A program for tests: two workspaces with memories, a merge, an erasure, a recall that was judged and is a test, and a revert. */
import { createMemory } from "@/lib/commands/create-memory";
import { joinByPassword } from "@/lib/commands/join";
import { invitePerson } from "@/lib/commands/people";
import { purgeMemory } from "@/lib/commands/purge-memory";
import { recordSignal } from "@/lib/commands/record-signal";
import { revert } from "@/lib/commands/revert";
import { saveTestQuestion } from "@/lib/commands/test-questions";
import { updateMemory } from "@/lib/commands/update-memory";
import { updateWorkspace } from "@/lib/commands/workspaces";
import { recall } from "@/lib/queries/recall";
import { disconnect } from "@/lib/store/prisma";
import { freshWorkspace } from "./workspace";

for (const name of ["first", "second"]) {
  const { owner } = await freshWorkspace({ name });
  const tea = (await createMemory(owner, { content: `Ann of ${name} likes tea`, tags: ["drink"] })).memory;
  await createMemory(owner, { content: `Bo of ${name} lives in Bergen` });
  const secret = (await createMemory(owner, { content: `a secret of ${name}` })).memory;
  await updateMemory(owner, { id: tea.id, content: `Ann of ${name} likes white tea` });
  await purgeMemory(owner, { id: secret.id, confirm: secret.id });
  const { retrievalId } = await recall(owner, { query: "what does Ann like?" });
  if (retrievalId === null) throw new Error("the recall was not logged");
  await saveTestQuestion(owner, {
    query: "what does Ann like?",
    grades: [{ memoryId: tea.id, grade: 3 }],
  });
  const judged = await recordSignal(owner, {
    retrievalId,
    memories: [{ memoryId: tea.id, verdict: "helpful" }],
  });
  await revert(owner, { changeIds: [judged.changes[0]?.id ?? ""] });
}
const first = await freshWorkspace({ name: "with people" });
const { secret } = await invitePerson(first.owner, { note: "Ann", role: "curator" });
await joinByPassword(
  { token: secret, name: "Ann", email: "ann@example.org", password: "correct horse battery staple" },
  {
    accounts: { origin: "http://127.0.0.1:3000", mayJoin: true },
    now: first.clock.now(),
    from: { address: "192.0.2.1", agent: null },
  },
);
const put = await freshWorkspace({ name: "put away" });
await updateWorkspace(put.owner, { id: put.workspaceId, archived: true });
await disconnect();
