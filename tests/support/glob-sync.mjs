/**
 * The conformance suite asks `fs` for `globSync`, which Node has had since 22, and uses it in none of the runs that we make.
 * Loaded before the suite, this gives it a stand-in, so that it starts on Node 20 too.
 */
import { register } from "node:module";

const standIn = `export * from "node:fs"; export { default } from "node:fs"; export const globSync = () => [];`;
const dataUrl = (source) => `data:text/javascript,${encodeURIComponent(source)}`;

register(
  dataUrl(`
    export const resolve = (specifier, context, next) =>
      specifier === "fs" && context.parentURL?.includes("/@modelcontextprotocol/conformance/")
        ? { url: ${JSON.stringify(dataUrl(standIn))}, shortCircuit: true }
        : next(specifier, context);
  `),
);
