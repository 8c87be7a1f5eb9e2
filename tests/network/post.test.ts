/** That nothing of ours connects to where it must not, whatever a URL, a name or a redirect says. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { askEndpoint } from "@/lib/models/ask-endpoint";
import { isAllowed, type Reach } from "@/lib/network/address-rules";
import { isTimeout, post, RefusedAddress, requireAllowed, type Resolve } from "@/lib/network/post";
import { serveHttp, type HttpServer } from "../support/http-server";

const REACHES = ["public", "public or loopback", "all but metadata"] as const;
const reachesOf = (address: string): Reach[] => REACHES.filter((reach) => isAllowed(address, reach));

describe("an address", () => {
  it.each(["8.8.8.8", "172.15.0.1", "172.32.0.1", "192.169.0.1", "2606:4700::1111", "::ffff:8.8.8.8"])(
    "%s is public and open to all",
    (address) => expect(reachesOf(address)).toEqual(REACHES),
  );

  it.each(["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "::ffff:7f00:1"])(
    "%s is this machine and nothing public",
    (address) => expect(reachesOf(address)).toEqual(["public or loopback", "all but metadata"]),
  );

  it.each(["10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "fd12::1"])(
    "%s is of a private network, for what the owner configured alone",
    (address) => expect(reachesOf(address)).toEqual(["all but metadata"]),
  );

  it.each([
    "169.254.169.254",
    "::ffff:169.254.169.254",
    "::ffff:a9fe:a9fe",
    "fd00:ec2::254",
    "100.100.100.200",
    "168.63.129.16",
    "fe80::1",
    "0.0.0.0",
    "::",
    "224.0.0.1",
    "255.255.255.255",
    "64:ff9b::a9fe:a9fe",
    "2002:a9fe:a9fe::1",
    "ff02::1",
    "example.org",
    "",
  ])("%s is nobody's to connect to", (address) => expect(reachesOf(address)).toEqual([]));
});

let server: HttpServer;
let port: string;
let asked: string[] = [];
let answer: (request: Request) => Response | Promise<Response>;
beforeAll(async () => {
  server = await serveHttp(async (request) => {
    asked.push(`${request.method} ${new URL(request.url).pathname} ${await request.text()}`);
    return answer(request);
  });
  port = new URL(server.address).port;
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
  answer = () => new Response("well", { status: 201, headers: { "x-kind": "plain" } });
});

/** A name server that answers each question with the next of these. */
function nameServer(...answers: string[][]): Resolve & { readonly asked: () => number } {
  let count = 0;
  const resolve: Resolve = (_name, _options, callback) => {
    const addresses = answers[Math.min(count, answers.length - 1)] ?? [];
    count += 1;
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
  };
  return Object.assign(resolve, { asked: () => count });
}

const send = (
  url: string,
  reach: Reach,
  more: { resolve?: Resolve; timeoutMs?: number; mostBytes?: number } = {},
) => post({ url, headers: { "x-mark": "1" }, body: "ä", timeoutMs: 5000, mostBytes: 1000, reach, ...more });

describe("sending", () => {
  it("goes where it may, and brings back status, headers and body", async () => {
    const got = await send(`${server.address}/in`, "public or loopback");
    expect(got).toMatchObject({ status: 201, body: "well" });
    expect(got.headers["x-kind"]).toBe("plain");
    expect(asked).toEqual(["POST /in ä"]);
  });

  it.each([
    ["its address", () => `http://127.0.0.1:${port}/`],
    ["a number that means it", () => `http://2130706433:${port}/`],
    ["hexadecimal", () => `http://0x7f.1:${port}/`],
    ["IPv6", () => `http://[::1]:${port}/`],
    ["IPv4 as IPv6", () => `http://[::ffff:127.0.0.1]:${port}/`],
    ["its name", () => `http://localhost:${port}/`],
  ])("does not reach this machine by %s when only the public may be reached", async (_by, url) => {
    await expect(send(url(), "public")).rejects.toThrow(RefusedAddress);
    expect(asked).toEqual([]);
  });

  it("does not follow a name that was public when it was looked at and is this machine when it is connected to", async () => {
    const rebinding = nameServer(["8.8.8.8"], ["127.0.0.1"]);
    const url = `http://rebinding.example:${port}/`;
    await requireAllowed(new URL(url), "public", rebinding);
    await expect(send(url, "public", { resolve: rebinding })).rejects.toThrow(RefusedAddress);
    expect(rebinding.asked()).toBe(2);
    expect(asked).toEqual([]);
  });

  it("connects to the very address that it judged", async () => {
    const named = nameServer(["127.0.0.1"], ["169.254.169.254"]);
    const got = await send(`http://named.example:${port}/`, "public or loopback", { resolve: named });
    expect(got.status).toBe(201);
    expect(named.asked()).toBe(1);
  });

  it("refuses a name with one bad address among good ones", async () => {
    const mixed = nameServer(["8.8.8.8", "10.0.0.1"]);
    await expect(requireAllowed(new URL("https://mixed.example"), "public", mixed)).rejects.toThrow(
      RefusedAddress,
    );
  });

  it("does not carry a public message over a connection that was opened for a model at home", async () => {
    const url = `http://shared.example:${port}/`;
    await send(url, "all but metadata", { resolve: nameServer(["127.0.0.1"]) });
    await expect(send(url, "public", { resolve: nameServer(["127.0.0.1"]) })).rejects.toThrow(RefusedAddress);
    expect(asked).toHaveLength(1);
  });

  it("takes a redirect for the answer", async () => {
    answer = () => new Response(null, { status: 302, headers: { location: `${server.address}/elsewhere` } });
    expect((await send(server.address, "public or loopback")).status).toBe(302);
    expect(asked).toHaveLength(1);
  });

  it("reads no more of an answer than it was told to", async () => {
    answer = () => new Response("x".repeat(100_000));
    expect((await send(server.address, "public or loopback", { mostBytes: 10 })).body).toBe("xxxxxxxxxx");
  });

  it("gives up in time, before an answer and within one", async () => {
    answer = () => new Promise(() => undefined);
    const never = await send(server.address, "public or loopback", { timeoutMs: 200 }).catch(
      (e: unknown) => e,
    );
    expect(isTimeout(never)).toBe(true);
    answer = () =>
      new Response(new ReadableStream({ start: (c) => c.enqueue(new TextEncoder().encode("half")) }));
    const half = await send(server.address, "public or loopback", { timeoutMs: 200 }).catch(
      (e: unknown) => e,
    );
    expect(isTimeout(half)).toBe(true);
  });
});

describe("a model's endpoint", () => {
  const call = { path: "/x", payload: {}, purpose: "test", read: (body: string) => ({ value: body }) };
  const options = { timeoutMs: 2000, attempts: 3, firstRetryDelayMs: 1 };

  it("on this machine, as its owner configured it, is asked", async () => {
    const endpoint = { url: server.address, model: "m", key: null };
    expect(await askEndpoint(endpoint, options, call)).toBe("well");
  });

  it("at an address where clouds hand out credentials is refused at once", async () => {
    const endpoint = { url: "http://169.254.169.254/v1", model: "m", key: null };
    await expect(askEndpoint(endpoint, options, call)).rejects.toThrow(
      /after 1 tries: 169\.254\.169\.254 is not/u,
    );
  });
});
