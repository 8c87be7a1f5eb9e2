/** A forgotten password: a link that an owner hands over, what it does once, and over whom it cannot be made. */
import { beforeEach, describe, expect, it } from "vitest";

import { POST as readLink, PUT as setPassword } from "@/app/api/session/password-reset/route";
import { POST as signIn } from "@/app/api/session/password/route";
import { prisma } from "@/lib/store/prisma";
import { secretHash } from "@/lib/store/access";
import { browser, browserRequest, cookieIn, PASSWORD, personIn, type Person } from "../support/person";
import { tenant, type Tenant } from "../support/tenant";
import type { Rest } from "../support/rest";

const NEXT = "another good long password";

let here: Tenant;
let ann: Person;
beforeEach(async () => {
  here = await tenant();
  ann = await personIn(here, "curator");
});

const linkFor = async (person: Person, by: Rest = here.owner) =>
  (await by.post(`/people/${person.id}/password-reset`, {})).as("people.resetPassword");
const ask = (token: string) =>
  readLink(browserRequest("POST", "/api/session/password-reset", { body: { token } }));
const put = (token: string, password = NEXT) =>
  setPassword(browserRequest("PUT", "/api/session/password-reset", { body: { token, password } }));
const signInWith = (password: string, { email }: Person = ann) =>
  signIn(browserRequest("POST", "/api/session/password", { body: { email, password } }));

describe("a link for a forgotten password", () => {
  it("says whose it is, sets the password once, and signs its person out everywhere", async () => {
    const other = browser(cookieIn(await signInWith(PASSWORD)));
    const { secret, path, person } = await linkFor(ann);
    expect([path, person.id]).toEqual([`/reset?token=${secret}`, ann.id]);
    expect(await (await ask(secret)).json()).toMatchObject({ email: ann.email, name: "The curator" });
    expect((await other.get("/session")).status).toBe(200);
    const answer = await put(secret);
    expect([answer.status, await answer.json()]).toEqual([200, { email: ann.email, ended: 2 }]);
    expect(answer.headers.getSetCookie()).toEqual([]);
    (await other.get("/session")).problem("unauthenticated");
    (await ann.rest.get("/session")).problem("unauthenticated");
    expect([(await signInWith(PASSWORD)).status, (await signInWith(NEXT)).status]).toEqual([401, 200]);
    expect([(await put(secret, "a third one, also long")).status, (await ask(secret)).status]).toEqual([
      401, 401,
    ]);
    expect((await signInWith(NEXT)).status).toBe(200);
  });

  it("is used by one of two who come at the same moment", async () => {
    const { secret } = await linkFor(ann);
    const statuses = (await Promise.all([put(secret), put(secret)])).map(({ status }) => status).sort();
    expect(statuses[0]).toBe(200);
    expect([401, 409]).toContain(statuses[1]);
  });

  it("is not lost to a password that is none", async () => {
    const { secret } = await linkFor(ann);
    expect((await put(secret, "short")).status).toBe(400);
    expect((await put(secret)).status).toBe(200);
  });

  it("opens nothing when a newer one was made, when it is too old, and when nobody made it", async () => {
    const [first, second] = [await linkFor(ann), await linkFor(ann)];
    expect((await put(first.secret)).status).toBe(401);
    await prisma().passwordReset.update({
      where: { hash: secretHash(second.secret) },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    expect([(await ask(second.secret)).status, (await put(second.secret)).status]).toEqual([401, 401]);
    expect((await put("pal_reset_nobody_made_this")).status).toBe(401);
    expect((await signInWith(PASSWORD)).status).toBe(200);
  });

  it("is kept as a hash, and both its making and its use are in the audit, without it", async () => {
    const { secret } = await linkFor(ann);
    expect(JSON.stringify(await prisma().passwordReset.findMany())).not.toContain(secret);
    await put(secret);
    const { items } = (await here.owner.get("/audit?kinds=passwordLinkMade,passwordReset")).as("audit.list");
    expect(items.map(({ kind, detail }) => [kind, detail])).toEqual([
      ["passwordReset", "signed out in one browser"],
      ["passwordLinkMade", "The curator"],
    ]);
    expect(items[0]?.actor?.id).toBe(`person:${ann.id}`);
    expect(JSON.stringify(items)).not.toContain(secret);
  });
});

describe("who may make one", () => {
  it("is nobody but an owner, and nobody over somebody of another workspace", async () => {
    (await ann.rest.post(`/people/${ann.id}/password-reset`, {})).problem("forbidden");
    const there = await tenant();
    (await there.owner.post(`/people/${ann.id}/password-reset`, {})).problem("not_found");
    const key = await here.keyWith(["admin"], "ordinary");
    const boss = await personIn(here, "owner");
    (await key.post(`/people/${boss.id}/password-reset`, {})).problem("forbidden");
  });

  it("cannot become more than they are: not over who is in other workspaces too, unless they own those", async () => {
    const owner = await personIn(here, "owner");
    expect((await linkFor(ann, owner.rest)).person.id).toBe(ann.id);
    const there = await tenant();
    await alsoIn(there, ann, "viewer");
    (await owner.rest.post(`/people/${ann.id}/password-reset`, {})).problem("forbidden");
    await alsoIn(there, owner, "owner");
    expect((await linkFor(ann, owner.rest)).person.id).toBe(ann.id);
  });

  it("over who makes workspaces is who looks after the server alone", async () => {
    const owner = await personIn(here, "owner");
    await prisma().person.update({ where: { id: ann.id }, data: { installation: true } });
    (await owner.rest.post(`/people/${ann.id}/password-reset`, {})).problem("forbidden");
    await prisma().person.update({ where: { id: owner.id }, data: { installation: true } });
    expect((await linkFor(ann, owner.rest)).person.id).toBe(ann.id);
  });
});

const alsoIn = async ({ workspace: { workspaceId } }: Tenant, { id }: Person, role: string) =>
  prisma().member.create({
    data: { workspaceId, personId: id, role, addedAt: new Date(), addedBy: "a test" },
  });
