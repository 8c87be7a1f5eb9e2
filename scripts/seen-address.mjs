// Loaded into the web server. Whoever sends a request may write any address into it; the one our own socket saw goes last, behind
// what a proxy before us has noted, as a proxy would add it.
import { subscribe } from "node:diagnostics_channel";

subscribe("http.server.request.start", ({ request }) => {
  const seen = request.socket.remoteAddress;
  if (seen === undefined) return;
  const told = request.headers["x-forwarded-for"];
  request.headers["x-forwarded-for"] = told ? `${told}, ${seen}` : seen;
});
