/** The whole of `/api/v1` behind a real socket: the route files as Next finds them. */
import { routeFor, routes } from "./routes";
import { serveHttp, type HttpServer } from "./http-server";

export async function serveApi(): Promise<HttpServer> {
  // Loading every route takes a while, and no test's time is meant for it.
  await routes();
  return serveHttp(async (request) => {
    const { route, params } = await routeFor(new URL(request.url).pathname.slice("/api/v1".length));
    const handler = route.handlers.get(request.method);
    if (handler === undefined) return new Response(null, { status: 405 });
    return handler(request, { params: Promise.resolve(params) });
  });
}
