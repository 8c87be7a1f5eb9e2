import { jsonSchemaOf } from "@/lib/contracts/schema";
import { TOOL_NAMES, tools, type Tool, type ToolName } from "@/lib/contracts/tools";

/** A tool for agents as plain data: what a model is told, and which operation a call of it comes to. */
export interface ToolSchema extends Pick<Tool, "operation" | "title" | "description" | "fixed" | "renamed"> {
  readonly inputSchema: Record<string, unknown>;
}

const made = Object.fromEntries(
  TOOL_NAMES.map((name): [ToolName, ToolSchema] => {
    const { operation, title, description, input, fixed, renamed }: Tool = tools[name];
    return [
      name,
      {
        operation,
        title,
        description,
        ...(fixed ? { fixed } : {}),
        ...(renamed ? { renamed } : {}),
        inputSchema: jsonSchemaOf(input, "input"),
      },
    ];
  }),
);

// One was made for each name.
export const toolSchemas = made as Readonly<Record<ToolName, ToolSchema>>;
