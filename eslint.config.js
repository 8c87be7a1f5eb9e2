import nextVitals from "eslint-config-next/core-web-vitals";
import tseslint from "typescript-eslint";

import { houseRules } from "./scripts/lint/house-rules.js";

const OURS = ["**/*.{ts,tsx,js,mjs}"];
const TYPED = ["**/*.{ts,tsx}"];
const SCREEN = ["app/**/*.{ts,tsx}", "components/**/*.{ts,tsx}", "lib/client/**/*.{ts,tsx}"];
const TESTS = ["tests/**"];

/** Every restriction by syntax, apart, because ESLint replaces this rule's list instead of adding to it. */
const environment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: "process.env is read in lib/env.ts only.",
};
const clockAndChance = [
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: "The domain has no clock: take `now` as an argument.",
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: "The domain has no clock: take `now` as an argument.",
  },
  {
    selector: "CallExpression[callee.name='Date']",
    message: "The domain has no clock: take `now` as an argument.",
  },
  {
    selector: "MemberExpression[object.name='performance']",
    message: "The domain has no clock: take `now` as an argument.",
  },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: "The domain has no chance: take a seed as an argument.",
  },
  {
    selector: "MemberExpression[object.name='crypto']",
    message: "The domain makes no ids: take them as arguments.",
  },
];

const lineBudget = (max) => ({ "max-lines": ["error", { max }] });
const functionBudget = (max) => ({
  "max-lines-per-function": ["error", { max, skipComments: true, IIFEs: true }],
});

export default tseslint.config(
  {
    ignores: [
      "node_modules/**",
      ".next/**",
      "lib/store/generated/**",
      "next-env.d.ts",
      "test-results/**",
      "playwright-report/**",
      "coverage/**",
      ".palimpsest/**",
      "dist/**",
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  ...nextVitals.map((config) => (config.files === undefined ? config : { ...config, files: SCREEN })),
  ...tseslint.configs.strict.map((config) => ({ ...config, files: TYPED })),
  {
    files: OURS,
    plugins: { house: houseRules },
    rules: {
      "house/arrows": "error",
      "house/no-barrel": "error",
      "house/no-cycle": "error",
      "max-params": ["error", 3],
      eqeqeq: "error",
      "no-console": "off",
      "no-warning-comments": ["error", { terms: ["todo", "fixme", "xxx", "hack"], location: "start" }],
      "no-restricted-syntax": ["error", environment],
      ...lineBudget(400),
      ...functionBudget(70),
    },
  },
  {
    files: TYPED,
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "house/explained-assertion": "error",
      "max-params": "off",
      "@typescript-eslint/max-params": ["error", { max: 3 }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      // A copy of which one key is left out is plainest as a copy and a delete.
      "@typescript-eslint/no-dynamic-delete": "off",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: SCREEN,
    rules: {
      "import/no-anonymous-default-export": "off",
      // The React Compiler is not in use, so what it would skip is no concern.
      "react-hooks/incompatible-library": "off",
    },
  },
  {
    files: ["**/*.tsx"],
    rules: functionBudget(120),
  },
  { files: ["app/**/route.ts"], rules: lineBudget(30) },
  { files: ["app/**/page.tsx"], rules: lineBudget(20) },
  {
    files: ["lib/domain/**"],
    rules: { "no-restricted-syntax": ["error", environment, ...clockAndChance] },
  },
  {
    files: ["lib/domain/**"],
    ignores: ["lib/domain/parameters.ts"],
    rules: {
      "@typescript-eslint/no-magic-numbers": [
        "error",
        {
          ignore: [-1, 0, 1, 2],
          ignoreArrayIndexes: true,
          ignoreEnums: true,
          ignoreNumericLiteralTypes: true,
          ignoreTypeIndexes: true,
        },
      ],
    },
  },
  {
    // instrumentation names NEXT_RUNTIME literally so that the bundler can drop what the edge cannot run.
    files: [
      "lib/env.ts",
      "instrumentation.ts",
      "next.config.js",
      "playwright.config.ts",
      "scripts/**",
      ...TESTS,
    ],
    rules: { "no-restricted-syntax": "off" },
  },
  {
    files: ["tests/**/*.{ts,tsx}"],
    rules: {
      "max-lines-per-function": "off",
      "max-params": "off",
      "@typescript-eslint/max-params": "off",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: false }],
      "house/explained-assertion": "off",
    },
  },
);
