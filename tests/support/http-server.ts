/** Route handlers behind a real socket, for clients that bring their own way of calling. */
import { createServer, type IncomingMessage } from "node:http";
import { once } from "node:events";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { ReadableStream } from "node:stream/web";

export interface HttpServer {
  readonly address: string;
  readonly close: () => Promise<void>;
}

export async function serveHttp(answer: (request: Request) => Promise<Response>): Promise<HttpServer> {
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const response = await answer(await toRequest(incoming));
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      if (response.body === null) outgoing.end();
      // The web's stream and Node's name of its type differ in the type system only.
      else Readable.fromWeb(response.body as ReadableStream).pipe(outgoing);
    })();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number }; // it listens on a port and not on a pipe
  return {
    address: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const { method = "GET", url = "/", headers } = incoming;
  const body = method === "GET" || method === "HEAD" ? null : await buffer(incoming);
  const pairs = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
  return new Request(`http://${headers.host}${url}`, {
    method,
    headers: pairs,
    ...(body === null || body.length === 0 ? {} : { body: new Uint8Array(body) }),
  });
}
