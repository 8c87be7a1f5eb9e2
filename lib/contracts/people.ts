import { z } from "zod";
import { ACCESS_EVENTS, ROLES } from "@/lib/domain/access";
import { cursor, id, limit, timeOut } from "./common";

const LONGEST_NAME = 100;
const LONGEST_EMAIL = 254;
const LONGEST_SECRET = 200;
const LONGEST_PASSWORD = 1000;
const LONGEST_INVITATION_DAYS = 90;
const LONGEST_RESET_HOURS = 168;

const role = z
  .enum(ROLES)
  .describe(
    "viewer looks and asks; curator also writes, judges, merges and reverts; owner also lets in and out",
  );

export const person = z.object({
  id,
  name: z.string(),
  email: z.string(),
  role,
  addedAt: timeOut,
  lastSeenAt: timeOut.nullable().describe("null: not signed in anywhere"),
  isYou: z.boolean(),
});

export const invitation = z.object({
  id,
  note: z.string().describe("whom it is for, in the words of who made it"),
  role,
  mayMakeWorkspaces: z.boolean(),
  createdAt: timeOut,
  expiresAt: timeOut,
});

export const listedPeople = z.object({ items: z.array(person), invitations: z.array(invitation) });
export const invitePerson = z.strictObject({
  note: z.string().trim().min(1).max(LONGEST_NAME).describe("whom it is for"),
  role,
  days: z
    .number()
    .int()
    .min(1)
    .max(LONGEST_INVITATION_DAYS)
    .optional()
    .describe("how long it can be used; default 7"),
  mayMakeWorkspaces: z.boolean().optional(),
});
export const invitedPerson = z.object({
  invitation,
  secret: z.string().describe("shown once; only a hash is kept"),
  path: z.string().describe("of the page on this server where it is used"),
});
export const withdrawnInvitation = z.object({ invitation });
export const updatePerson = z.strictObject({ role });
export const updatedPerson = z.object({ person });
export const makePasswordReset = z.strictObject({
  hours: z
    .number()
    .int()
    .min(1)
    .max(LONGEST_RESET_HOURS)
    .optional()
    .describe("how long the link can be used; default 24"),
});
export const madePasswordReset = z.object({
  person,
  secret: z.string().describe("shown once; only a hash is kept"),
  path: z.string().describe("of the page on this server where it is used"),
  expiresAt: timeOut,
});

export const browserSession = z.object({
  id,
  createdAt: timeOut,
  lastSeenAt: timeOut,
  expiresAt: timeOut,
  address: z.string().nullable(),
  agent: z.string().nullable().describe("what the browser says it is"),
  isCurrent: z.boolean(),
});
export const listedSessions = z.object({ items: z.array(browserSession) });
export const endedSessions = z.object({ ended: z.number().int() });
export const endAllSessions = z.strictObject({
  others: z.stringbool().optional().describe("true keeps the one that asks"),
});

export const accessEvent = z.object({
  id,
  at: timeOut,
  kind: z.enum(ACCESS_EVENTS),
  actor: z.object({ id: z.string(), name: z.string() }).nullable().describe("null: nobody known"),
  address: z.string().nullable(),
  agent: z.string().nullable(),
  operation: z.string().nullable().describe("what was tried"),
  detail: z.string().nullable(),
  times: z.number().int().describe("how often the same came within a minute"),
  isOfWorkspace: z.boolean().describe("false: it came before a workspace was known"),
});
const kinds = z
  .string()
  .transform((text) => text.split(","))
  .pipe(z.array(z.enum(ACCESS_EVENTS)));
export const listAccessEvents = z.strictObject({
  limit: limit.optional(),
  cursor: cursor.optional(),
  kinds: kinds.optional().describe("only these, separated by commas"),
});
export const listedAccessEvents = z.object({
  items: z.array(accessEvent),
  nextCursor: z.string().nullable(),
});

const email = z.email().max(LONGEST_EMAIL);
const password = z.string().min(1).max(LONGEST_PASSWORD);
const secret = z.string().min(1).max(LONGEST_SECRET);
const signed = z
  .record(z.string(), z.unknown())
  .describe("what the browser's credential API answered, as JSON");

/** What browsers send to sign in, beside a link or a key. */
export const signInByPassword = z.strictObject({ email, password });
export const signInByPasskey = z.strictObject({ response: signed });
export const readInvitation = z.strictObject({ token: secret });
export const join = z.strictObject({
  token: secret,
  name: z.string().trim().min(1).max(LONGEST_NAME),
  email,
  password,
});
export const joinAsYourself = z.strictObject({ token: secret });
export const changePassword = z.strictObject({ current: z.string().max(LONGEST_PASSWORD), next: password });
export const readPasswordReset = z.strictObject({ token: secret });
export const resetPassword = z.strictObject({ token: secret, password });
export const addPasskey = z.strictObject({
  name: z.string().trim().min(1).max(LONGEST_NAME),
  response: signed,
});
export const removePasskey = z.strictObject({ id: z.string().min(1).max(LONGEST_PASSWORD) });
