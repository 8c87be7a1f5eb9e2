import { ownRecord } from "./own";
import { Refusal } from "@/lib/domain/errors";
import type { Forms } from "../reader";
import type { ImportedRecord } from "../imported";

interface Turn {
  readonly speaker?: unknown;
  readonly text?: unknown;
  readonly dia_id?: unknown;
  readonly id?: unknown;
  readonly timestamp?: unknown;
  readonly session?: unknown;
  readonly blip_caption?: unknown;
}

/**
 * A conversation as one JSON document: `{session_1: [{speaker, text, dia_id}], session_1_date_time: "…"}` (also wrapped as
 * `{conversation}` or in an array of such), or a plain array of `{speaker, text, timestamp, session}`. One memory per turn.
 */
function* conversationRecords(document: unknown, name: string): Generator<ImportedRecord> {
  const parts = isTurns(document) ? [document] : Array.isArray(document) ? document : [document];
  let line = 0;
  for (const [i, part] of parts.entries()) {
    for (const turn of turnsOf(part, parts.length > 1 ? `${name}-${i + 1}` : name)) {
      line += 1;
      yield turn.content === "" ? { line, skip: true } : ownRecord(line, turn);
    }
  }
  if (line === 0)
    throw new Refusal(
      "invalid_input",
      "The conversation holds no turns. Expected `session_1: [{speaker, text}]`, or an array of `{speaker, text}`. Nothing was imported.",
    );
}

const isTurns = (value: unknown): value is Turn[] =>
  Array.isArray(value) && value.every((turn) => typeof turn === "object" && turn !== null && "text" in turn);

function* turnsOf(part: unknown, name: string) {
  if (isTurns(part)) {
    for (const [i, turn] of part.entries())
      yield turnFields(turn, { session: String(turn.session ?? name), at: timeOf(turn.timestamp), order: i });
    return;
  }
  const holder = sessionsHolder(part);
  for (const [key, turns] of sessionsOf(holder)) {
    const at = timeOf(holder[`${key}_date_time`]);
    for (const [i, turn] of turns.entries())
      yield turnFields(turn, { session: `${name}:${key}`, at, order: i });
  }
}

/** What has the sessions as its fields; anything but an object has none. */
function sessionsHolder(part: unknown): Readonly<Record<string, unknown>> {
  if (typeof part !== "object" || part === null) return {};
  const inner = "conversation" in part && typeof part.conversation === "object" ? part.conversation : null;
  return { ...(inner ?? part) };
}

function sessionsOf(holder: Readonly<Record<string, unknown>>): [string, Turn[]][] {
  const numbered = Object.entries(holder).flatMap(([key, value]): [string, Turn[]][] =>
    /^session_\d+$/u.test(key) && isTurns(value) ? [[key, value]] : [],
  );
  return numbered.sort(([a], [b]) => Number(a.slice("session_".length)) - Number(b.slice("session_".length)));
}

/** Turns of one session share its time; a millisecond each keeps their order. */
function turnFields(
  turn: Turn,
  { session, at, order }: { session: string; at: number | null; order: number },
) {
  const caption = typeof turn.blip_caption === "string" ? ` [shares a picture: ${turn.blip_caption}]` : "";
  const id = turn.dia_id ?? turn.id;
  return {
    content: `${typeof turn.text === "string" ? turn.text.trim() : ""}${caption}`.trim(),
    kind: "episode",
    session,
    ...(typeof turn.speaker === "string" ? { speaker: turn.speaker } : {}),
    ...(id === undefined ? {} : { id: String(id) }),
    ...(at === null ? {} : { validAt: new Date(at + order).toISOString() }),
  };
}

/** ISO times, and the form "1:56 pm on 8 May, 2023". Anything else has no time. */
function timeOf(value: unknown): number | null {
  if (typeof value !== "string") return null;
  const spoken = /^(\d{1,2}):(\d\d)\s*([ap]m)\s+on\s+(\d{1,2})\s+(\w+),?\s+(\d{4})$/iu.exec(value.trim());
  if (!spoken) {
    const at = Date.parse(value);
    return Number.isNaN(at) ? null : at;
  }
  const [, hour = "0", minute = "0", half = "am", day = "1", month = "January", year = "1970"] = spoken;
  const midnight = Date.parse(`${day} ${month} ${year} 00:00 UTC`);
  const hours = (Number(hour) % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
  return Number.isNaN(midnight) ? null : midnight + (hours * 60 + Number(minute)) * 60_000;
}

const isConversation = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.length > 0 && (isTurns(value) || value.every(isConversation))
    : sessionsOf(sessionsHolder(value)).length > 0;

export const conversation: Forms = { json: { recognises: isConversation, read: conversationRecords } };
