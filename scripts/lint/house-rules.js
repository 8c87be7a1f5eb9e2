import { arrows } from "./arrows.js";
import { noCycle } from "./no-cycle.js";

/** `value as Type` needs a reason on the line above it; `as const` says nothing that could be wrong. */
const explainedAssertion = {
  meta: {
    type: "problem",
    schema: [],
    messages: { silent: "Say in a comment on the line above why this assertion holds." },
  },
  create(context) {
    const { sourceCode } = context;
    const commented = new Set(
      sourceCode.getAllComments().flatMap(({ loc }) => lines(loc.start.line, loc.end.line + 1)),
    );
    return {
      TSAsExpression(node) {
        if (
          node.typeAnnotation.type === "TSTypeReference" &&
          sourceCode.getText(node.typeAnnotation) === "const"
        )
          return;
        const statement = enclosingStatement(node);
        const explained = [node.loc.start.line, statement.loc.start.line].some((line) => commented.has(line));
        if (!explained) context.report({ node, messageId: "silent" });
      },
    };
  },
};

/** A file that only passes on what other files export hides where things are; import the file you mean. */
const noBarrel = {
  meta: { type: "problem", schema: [], messages: { barrel: "No barrel files: import the file you mean." } },
  create: (context) => ({
    ExportAllDeclaration: (node) => context.report({ node, messageId: "barrel" }),
    Program(node) {
      const passesOn = node.body.filter(
        (item) => item.type === "ExportNamedDeclaration" && item.source !== null,
      );
      if (passesOn.length > 0 && passesOn.length === node.body.length)
        context.report({ node, messageId: "barrel" });
    },
  }),
};

function lines(from, to) {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function enclosingStatement(node) {
  let at = node;
  while (at.parent && !/Statement$|Declaration$|PropertyDefinition$|^Property$/.test(at.type)) at = at.parent;
  return at;
}

export const houseRules = {
  rules: { arrows, "explained-assertion": explainedAssertion, "no-barrel": noBarrel, "no-cycle": noCycle },
};
