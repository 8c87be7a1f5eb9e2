import type { Cause, Change, Payloads } from "@/lib/domain/ledger/change";

/**
 * Which parts of a change are somebody's words. They are kept beside the ledger, where a purge can destroy them; what
 * stays in the immutable row is what the fold needs once they are gone.
 */
export interface TextParts {
  readonly payload: Readonly<Record<string, unknown>>;
  readonly cause: Omit<Cause, "reason">;
  /** null when the change holds no words at all. */
  readonly texts: Readonly<Record<string, unknown>> | null;
}

export function separate(change: Pick<Change, "op" | "payload" | "cause">): TextParts {
  const { reason, ...cause } = change.cause;
  const { texts, rest } = ofPayload(change);
  const all = { ...texts, ...(reason === undefined ? {} : { reason }) };
  return { payload: rest, cause, texts: Object.keys(all).length > 0 ? all : null };
}

/** The inverse of `separate`; `texts` is null for a change without words and for one whose words were erased. */
export function reunite(
  op: Change["op"],
  payload: Record<string, unknown>,
  texts: Record<string, unknown> | null,
): Record<string, unknown> {
  const { reason: _reason, ...words } = texts ?? {};
  switch (op) {
    case "create":
    case "merge": {
      const { ref, speaker, ...birth } = words;
      const source = {
        // It was written by `separate`.
        ...(payload.source as object),
        ...(ref === undefined ? {} : { ref }),
        ...(speaker === undefined ? {} : { speaker }),
      };
      return { content: null, tags: [], metadata: {}, ...payload, ...birth, source };
    }
    case "edit":
      return { content: null, ...payload, ...words };
    case "set":
      return {
        ...(payload.register === "tags"
          ? { value: [] }
          : payload.register === "metadata"
            ? { value: {} }
            : {}),
        ...payload,
        ...words,
      };
    case "introduce":
    case "rename":
      return { name: "", called: "", ...payload, ...words };
    case "retype":
      return { name: "", ...payload, ...words };
    case "alias":
      return { name: "", intoName: "", ...payload, ...words };
    case "relate":
    case "weigh":
      return { from: "", to: "", relation: "", ...payload, ...words };
    default:
      return { ...payload, ...words };
  }
}

function ofPayload(change: Pick<Change, "op" | "payload">): {
  texts: Record<string, unknown>;
  rest: Record<string, unknown>;
} {
  const c = change as Change; // op and payload belong together in a change
  switch (c.op) {
    case "create":
    case "merge": {
      const { content, tags, metadata, source, ...rest } = c.payload satisfies Payloads["create"];
      const { channel, ...words } = source;
      return {
        texts: {
          content,
          ...(tags.length > 0 ? { tags } : {}),
          ...(Object.keys(metadata).length > 0 ? { metadata } : {}),
          ...words,
        },
        rest: { ...rest, source: { channel } },
      };
    }
    case "edit": {
      const { content, ...rest } = c.payload;
      return { texts: { content }, rest };
    }
    case "set": {
      if (c.payload.register !== "tags" && c.payload.register !== "metadata")
        return { texts: {}, rest: { ...c.payload } };
      return { texts: { value: c.payload.value }, rest: { register: c.payload.register } };
    }
    case "introduce":
    case "rename": {
      const { name, called, ...rest } = c.payload;
      return { texts: { name, called }, rest };
    }
    case "retype": {
      const { name, ...rest } = c.payload;
      return { texts: { name }, rest };
    }
    case "alias": {
      const { name, intoName, ...rest } = c.payload;
      return { texts: { name, intoName }, rest };
    }
    case "relate":
    case "weigh": {
      const { from, to, relation, ...rest } = c.payload;
      return { texts: { from, to, relation }, rest };
    }
    case "hide":
      return { texts: { ...c.payload }, rest: {} };
    default:
      return { texts: {}, rest: { ...c.payload } };
  }
}
