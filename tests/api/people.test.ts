/** People who sign in by name: how they come in, what they may do, and how they are kept out. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import {
  PATCH as joinAsYourself,
  POST as readInvitation,
  PUT as join,
} from "@/app/api/session/invitation/route";
import { POST as changePassword } from "@/app/api/session/account/password/route";
import { POST as signIn } from "@/app/api/session/password/route";
import { DELETE as signOut, POST as startSession } from "@/app/api/session/route";
import { GUESSES } from "@/lib/transport/guessing";
import { prisma } from "@/lib/store/prisma";
import { browser, browserRequest, cookieIn, PASSWORD, personIn, type Person } from "../support/person";
import { only, tenant, type Tenant } from "../support/tenant";

let here: Tenant;
beforeEach(async () => {
  here = await tenant();
});
afterEach(() => {
  vi.useRealTimers();
});

const invite = async (by: Tenant = here, role = "curator") =>
  (await by.owner.post("/invitations", { note: "Ann", role })).as("people.invite");
const byPassword = (body: object, headers: Record<string, string> = {}) =>
  signIn(browserRequest("POST", "/api/session/password", { body, headers }));
const putJoin = (body: object) => join(browserRequest("PUT", "/api/session/invitation", { body }));
const problemOf = async (answer: Response) => (await answer.json()) as { code: string; detail: string }; // a problem document

describe("an invitation", () => {
  it("says what it offers, lets one person in as that, and nobody a second time", async () => {
    const { secret, path } = await invite();
    expect(path).toBe(`/join?token=${secret}`);
    const offered = await readInvitation(
      browserRequest("POST", "/api/session/invitation", { body: { token: secret } }),
    );
    expect(await offered.json()).toMatchObject({
      workspace: { name: "test" },
      role: "curator",
      note: "Ann",
    });
    const body = { token: secret, name: "Ann", email: "Ann.Once@example.org", password: PASSWORD };
    const came = browser(cookieIn(await putJoin(body)));
    expect((await came.get("/session")).as("sessions.get")).toMatchObject({
      workspace: { id: here.workspace.workspaceId },
      scopes: ["read", "write", "feedback", "curate"],
      person: { name: "Ann", email: "ann.once@example.org" },
    });
    const again = await putJoin({ ...body, email: "other@example.org" });
    expect([again.status, (await problemOf(again)).code]).toEqual([401, "unauthenticated"]);
  });

  it("that was withdrawn or is too old lets nobody in", async () => {
    const { secret, invitation } = await invite();
    (await here.owner.delete(`/invitations/${invitation.id}`)).as("people.withdraw");
    const body = { token: secret, name: "Ann", email: "withdrawn@example.org", password: PASSWORD };
    expect((await putJoin(body)).status).toBe(401);
    const old = await invite();
    await prisma().invitation.update({
      where: { id: old.invitation.id },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    expect((await putJoin({ ...body, token: old.secret })).status).toBe(401);
    expect((await here.owner.get("/people")).as("people.list")).toEqual({ items: [], invitations: [] });
  });

  it("is taken by somebody known here with the password they have, and with no other", async () => {
    const there = await tenant();
    const ann = await personIn(there, "viewer");
    const { secret } = await invite();
    const body = { token: secret, name: "Somebody else", email: ann.email, password: PASSWORD };
    expect((await putJoin({ ...body, password: "not the password at all" })).status).toBe(401);
    expect((await putJoin(body)).status).toBe(200);
    expect(only((await here.owner.get("/people")).as("people.list").items)).toMatchObject({
      id: ann.id,
      name: "The viewer",
      role: "curator",
    });
  });

  it("is taken by whoever is signed in, and never makes less of them than they are", async () => {
    const ann = await personIn(here, "owner");
    const { secret } = await invite(here, "viewer");
    const answer = await joinAsYourself(
      browserRequest("PATCH", "/api/session/invitation", { body: { token: secret }, cookie: ann.cookie }),
    );
    expect(answer.status).toBe(200);
    expect(only((await here.owner.get("/people")).as("people.list").items).role).toBe("owner");
  });

  it("for an owner cannot be made by a key that counts for less", async () => {
    const key = await here.keyWith(["admin"], "ordinary");
    const refused = await key.post("/invitations", { note: "Mallory", role: "owner" });
    refused.problem("forbidden");
  });

  it.each([
    ["short", "at least 12"],
    ["aaaaaaaaaaaaaaaa", "guessed"],
    ["weak.person@example.org", "guessed"],
  ])("takes no password like %s", async (password, why) => {
    const { secret } = await invite();
    const answer = await putJoin({ token: secret, name: "Ann", email: "weak.person@example.org", password });
    expect(answer.status).toBe(400);
    expect((await problemOf(answer)).detail).toContain(why);
  });
});

describe("a password", () => {
  let ann: Person;
  beforeEach(async () => {
    ann = await personIn(here, "curator");
  });

  it("signs in, in any case of the address, and is kept as a hash that is not the password", async () => {
    const answer = await byPassword({ email: ann.email.toUpperCase(), password: PASSWORD });
    expect(answer.status).toBe(200);
    const login = await prisma().personLogin.findFirstOrThrow({ where: { personId: ann.id } });
    expect(login.password).not.toContain(PASSWORD);
    expect(login.password?.length).toBeGreaterThan(64);
  });

  it("that is wrong is refused in the words for an address that nobody has", async () => {
    const wrong = await problemOf(await byPassword({ email: ann.email, password: "wrong password" }));
    const nobody = await problemOf(
      await byPassword({ email: "nobody@example.org", password: "wrong password" }),
    );
    expect(wrong.detail).toBe(nobody.detail);
    expect(wrong.code).toBe("unauthenticated");
  });

  it("is guessed at only so often, from wherever the guesses come", async () => {
    for (let tried = 0; tried < GUESSES.account.capacity; tried += 1)
      await byPassword(
        { email: ann.email, password: `a wrong guess ${tried}` },
        { "x-forwarded-for": `198.51.100.${tried}` },
      );
    const right = await byPassword(
      { email: ann.email, password: PASSWORD },
      { "x-forwarded-for": "203.0.113.9" },
    );
    expect(right.status).toBe(429);
    expect(Number(right.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  it("when changed signs every other browser out, and the old one opens nothing", async () => {
    const other = browser(cookieIn(await byPassword({ email: ann.email, password: PASSWORD })));
    const next = "another good long password";
    const change = (current: string) =>
      changePassword(
        browserRequest("POST", "/api/session/account/password", {
          body: { current, next },
          cookie: ann.cookie,
        }),
      );
    expect((await change("not the present one")).status).toBe(401);
    expect((await change(PASSWORD)).status).toBe(200);
    (await other.get("/session")).problem("unauthenticated");
    expect((await ann.rest.get("/session")).status).toBe(200);
    expect((await byPassword({ email: ann.email, password: PASSWORD })).status).toBe(401);
    expect((await byPassword({ email: ann.email, password: next })).status).toBe(200);
  });
});

describe("a session", () => {
  it("has a cookie that scripts cannot read and other sites cannot send, and Secure over HTTPS", async () => {
    const ann = await personIn(here, "viewer");
    const body = { email: ann.email, password: PASSWORD };
    const cookieOf = async (headers: Record<string, string>) =>
      (await byPassword(body, headers)).headers.get("set-cookie") ?? "";
    expect(await cookieOf({})).toMatch(/; HttpOnly; SameSite=Strict; Max-Age=\d+$/u);
    expect(await cookieOf({ "x-forwarded-proto": "https", origin: "https://127.0.0.1:3000" })).toMatch(
      /; Secure$/u,
    );
  });

  it("is another one after each sign-in, and the one before it ends", async () => {
    const ann = await personIn(here, "viewer");
    const body = { email: ann.email, password: PASSWORD };
    const answer = await byPassword(body, { cookie: ann.cookie });
    expect(cookieIn(answer)).not.toBe(ann.cookie);
    (await ann.rest.get("/session")).problem("unauthenticated");
  });

  it("ends by rest, and by age whatever is done with it", async () => {
    const ann = await personIn(here, "viewer");
    const age = (data: object) => prisma().browserSession.updateMany({ where: { personId: ann.id }, data });
    vi.stubEnv("PALIMPSEST_SESSION_IDLE_HOURS", "2");
    await age({ lastSeenAt: new Date(Date.now() - 1.9 * 3_600_000) });
    expect((await ann.rest.get("/session")).status).toBe(200);
    await age({ lastSeenAt: new Date(Date.now() - 2.1 * 3_600_000) });
    (await ann.rest.get("/session")).problem("unauthenticated");
    await age({ lastSeenAt: new Date(), expiresAt: new Date(Date.now() - 1) });
    (await ann.rest.get("/session")).problem("unauthenticated");
  });

  it("lasts shorter where others can reach the server", async () => {
    const ann = await personIn(here, "viewer");
    const secondsOf = async () =>
      Number(
        /Max-Age=(\d+)/u.exec(
          (await byPassword({ email: ann.email, password: PASSWORD })).headers.get("set-cookie") ?? "",
        )?.[1],
      );
    const local = await secondsOf();
    vi.stubEnv("HOST", "0.0.0.0");
    expect(await secondsOf()).toBeLessThan(local / 4);
  });

  it("is listed to its owner alone, ends one by one, and all at once", async () => {
    const [ann, bo] = [await personIn(here, "viewer"), await personIn(here, "viewer")];
    const second = browser(cookieIn(await byPassword({ email: ann.email, password: PASSWORD })));
    const third = browser(cookieIn(await byPassword({ email: ann.email, password: PASSWORD })));
    const items = (await ann.rest.get("/sessions")).as("sessions.list").items;
    expect(items).toHaveLength(3);
    expect(items.filter(({ isCurrent }) => isCurrent)).toHaveLength(1);
    expect(items[0]).toMatchObject({ agent: "a browser in a test" });
    const own = (await second.get("/sessions")).as("sessions.list").items.find((s) => s.isCurrent)?.id ?? "";
    (await bo.rest.delete(`/sessions/${own}`)).problem("not_found");
    (await ann.rest.delete(`/sessions/${own}`)).as("sessions.end");
    (await second.get("/session")).problem("unauthenticated");
    expect((await ann.rest.delete("/sessions?others=true")).as("sessions.endAll")).toEqual({ ended: 1 });
    (await third.get("/session")).problem("unauthenticated");
    (await ann.rest.delete("/sessions")).as("sessions.endAll");
    (await ann.rest.get("/session")).problem("unauthenticated");
    expect((await bo.rest.get("/session")).status).toBe(200);
  });

  it("ends when its key is revoked, and when its person signs out", async () => {
    const made = (await here.owner.post("/keys", { name: "k", scopes: ["read"] })).as("keys.create");
    const byKey = await startSession(browserRequest("POST", "/api/session", { body: { key: made.secret } }));
    const keyed = browser(cookieIn(byKey));
    expect((await keyed.get("/session")).status).toBe(200);
    (await here.owner.delete(`/keys/${made.key.id}`)).as("keys.revoke");
    (await keyed.get("/session")).problem("unauthenticated");
    const ann = await personIn(here, "viewer");
    await signOut(browserRequest("DELETE", "/api/session", { cookie: ann.cookie }));
    (await ann.rest.get("/session")).problem("unauthenticated");
  });
});

describe("a role", () => {
  it("counts at once, in every browser of the person", async () => {
    const ann = await personIn(here, "viewer");
    (await ann.rest.post("/memories", { content: "x" })).problem("forbidden");
    (await here.owner.patch(`/people/${ann.id}`, { role: "curator" })).as("people.update");
    const written = (await ann.rest.post("/memories", { content: "x" })).as("memories.create");
    const change = (await ann.rest.get(`/changes/${written.changes[0]?.id}`)).as("changes.get").change;
    expect(change.actor).toEqual({
      type: "person",
      id: ann.id,
      name: "The viewer",
    });
    (await here.owner.patch(`/people/${ann.id}`, { role: "viewer" })).as("people.update");
    (await ann.rest.post("/memories", { content: "y" })).problem("forbidden");
  });

  it("of the last owner cannot be taken, by nobody", async () => {
    const ann = await personIn(here, "owner");
    (await here.owner.patch(`/people/${ann.id}`, { role: "viewer" })).problem("conflict");
    (await ann.rest.delete(`/people/${ann.id}`)).problem("conflict");
    await personIn(here, "owner");
    (await here.owner.patch(`/people/${ann.id}`, { role: "viewer" })).as("people.update");
  });

  it("ends with its person's membership, at once", async () => {
    const ann = await personIn(here, "curator");
    (await here.owner.delete(`/people/${ann.id}`)).as("people.remove");
    (await ann.rest.get("/session")).problem("unauthenticated");
    const back = await byPassword({ email: ann.email, password: PASSWORD });
    expect([back.status, (await problemOf(back)).code]).toEqual([403, "forbidden"]);
  });
});
