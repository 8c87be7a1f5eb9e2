/** Somebody who came in by an invitation, with a password, over the very routes that a browser uses. */
import { randomInt } from "node:crypto";

import { expect } from "vitest";
import { v7 as uuidv7 } from "uuid";

import { GET as account } from "@/app/api/session/account/route";
import { PUT as join } from "@/app/api/session/invitation/route";
import type { Role } from "@/lib/domain/access";
import { HOST, rest, type Rest } from "./rest";
import type { Tenant } from "./tenant";

export interface Person {
  readonly id: string;
  readonly email: string;
  readonly password: string;
  /** What the browser sends along. */
  readonly cookie: string;
  readonly rest: Rest;
}

export const PASSWORD = "correct horse battery staple";

export async function personIn({ owner }: Pick<Tenant, "owner">, role: Role): Promise<Person> {
  const invited = (await owner.post("/invitations", { note: `a ${role}`, role })).as("people.invite");
  const email = `${uuidv7()}@example.org`;
  const body = { token: invited.secret, name: `The ${role}`, email, password: PASSWORD };
  const answer = await join(browserRequest("PUT", "/api/session/invitation", { body }));
  expect(answer.status, await answer.clone().text()).toBe(200);
  const cookie = cookieIn(answer);
  const own = await account(browserRequest("GET", "/api/session/account", { cookie }));
  const { person } = (await own.json()) as { person: { id: string } }; // the account's own answer
  return { id: person.id, email, password: PASSWORD, cookie, rest: browser(cookie) };
}

export interface BrowserRequest {
  readonly body?: object;
  readonly cookie?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Wrong secrets are counted by where they come from, in the database that all tests share: each request has a place of its own. */
const somewhere = (): string =>
  `2001:db8:${[1, 2, 3, 4].map(() => randomInt(65_536).toString(16)).join(":")}::1`;

export function browserRequest(method: string, path: string, asked: BrowserRequest = {}): Request {
  const { body, cookie, headers = {} } = asked;
  return new Request(`http://${HOST}${path}`, {
    method,
    headers: {
      host: HOST,
      "user-agent": "a browser in a test",
      "x-forwarded-for": somewhere(),
      ...(method === "GET" ? {} : { origin: `http://${HOST}` }),
      ...(cookie === undefined ? {} : { cookie }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** The session's cookie of an answer, as a browser would send it again. */
export function cookieIn(response: Response): string {
  const [found = ""] = response.headers
    .getSetCookie()
    .filter((text) => text.startsWith("palimpsest_session="));
  return found.split(";")[0] ?? "";
}

/** The API as pages call it. */
export function browser(cookie: string): Rest {
  const by = rest(null);
  const call: Rest["call"] = (method, path, more = {}) =>
    by.call(method, path, { ...more, headers: { cookie, ...more.headers } });
  return {
    call,
    get: (path, headers = {}) => call("GET", path, { headers }),
    post: (path, body, headers = {}) => call("POST", path, { body, headers }),
    patch: (path, body, headers = {}) => call("PATCH", path, { body, headers }),
    delete: (path, headers = {}) => call("DELETE", path, { headers }),
  };
}
