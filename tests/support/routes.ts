/** The route modules under app/api/v1, found in the file system as Next finds them, with the path each one serves. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import type { RouteContext } from "@/lib/transport/handle";

export type Handler = (request: Request, context: RouteContext) => Promise<Response> | Response;

export interface Route {
  /** Below `/api/v1`, with `{id}` for path parameters, as in the table of operations. */
  readonly path: string;
  readonly handlers: ReadonlyMap<string, Handler>;
}

const BASE = fileURLToPath(new URL("../../app/api/v1", import.meta.url));
const METHODS = new Set(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]);

let loaded: Promise<readonly Route[]> | undefined;

export const routes = (): Promise<readonly Route[]> => (loaded ??= load());

async function load(): Promise<Route[]> {
  const files = readdirSync(BASE, { recursive: true, encoding: "utf8" });
  const folders = files
    .filter((file) => path.basename(file) === "route.ts")
    .map((file) => path.dirname(file));
  return Promise.all(folders.sort().map(loadRoute));
}

async function loadRoute(folder: string): Promise<Route> {
  const exported = (await import(path.join(BASE, folder, "route.ts"))) as Record<string, unknown>; // whatever a file exports
  const handlers = Object.entries(exported).filter(([name]) => METHODS.has(name));
  return {
    path: `/${folder.split(path.sep).join("/")}`.replaceAll(/\[(\w+)\]/gu, "{$1}"),
    handlers: new Map(handlers as [string, Handler][]), // Next calls every export of these names so
  };
}

/** The route that Next would choose for a path, and its parameters: a fixed name goes before a parameter. */
export async function routeFor(pathname: string): Promise<{ route: Route; params: Record<string, string> }> {
  const found = (await routes()).flatMap((route) => {
    const params = matches(route.path, pathname);
    return params === null ? [] : [{ route, params }];
  });
  const [best] = found.sort((a, b) => Object.keys(a.params).length - Object.keys(b.params).length);
  if (best === undefined) throw new Error(`no route serves ${pathname}`);
  return best;
}

function matches(pattern: string, pathname: string): Record<string, string> | null {
  const [wanted, given] = [pattern.split("/"), pathname.split("/")];
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const value = decodeURIComponent(given[i] ?? "");
    const name = /^\{(\w+)\}$/u.exec(part)?.[1];
    if (name !== undefined) params[name] = value;
    else if (part !== value) return null;
  }
  return params;
}
