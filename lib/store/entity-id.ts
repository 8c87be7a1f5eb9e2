import { createHash } from "node:crypto";
import { brand, type EdgeId, type EntityId, type QuestionId } from "@/lib/domain/ids";
import type { EdgeEnds } from "@/lib/domain/ledger/change";

/** The same normal name is the same entity in every workspace and after every restore, so its id is made from it. */
export const entityIdOf = (name: string): EntityId =>
  brand<EntityId>(uuidOf(JSON.stringify(["entity", name])));

export const edgeIdOf = ({ from, to, relation }: EdgeEnds): EdgeId =>
  brand<EdgeId>(uuidOf(JSON.stringify(["edge", from, to, relation])));

/** The same question about the same targets is one, whichever cycle asks it. */
export const questionIdOf = (subject: string): QuestionId =>
  brand<QuestionId>(uuidOf(JSON.stringify(["question", subject])));

/** A hash in the form of a UUID of version 8, which is left to whoever makes it. */
function uuidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
