import js from "@eslint/js";
import lwcRecommended from "@salesforce/eslint-config-lwc/recommended.js";
import jest from "eslint-plugin-jest";
import tseslint from "typescript-eslint";
import expectsRun from "./scripts/lint/expects-run.mjs";

/** Salesforce's own rules hold for these, and its parser, which knows decorators. */
const componentFiles = ["force-app/**/*.js", "test/lwc/**/*.js"];
const testFiles = ["test/**/*.ts", "emulators/*/test/**/*.ts", "simulation/test/**/*.ts"];
const typeChecked = tseslint.configs.strictTypeChecked.map((config) => ({
  ...config,
  ignores: [...(config.ignores ?? []), ...componentFiles],
}));

export default tseslint.config(
  { ignores: ["dist/", "node_modules/", "coverage/", ".cache/"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  ...typeChecked,
  {
    ignores: componentFiles,
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: ["scripts/*.mjs", "scripts/lint/*.mjs", "scripts/sf/*.mjs"],
        },
      },
    },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/ban-ts-comment": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      "@typescript-eslint/no-misused-promises": [
        "error",
        { checksVoidReturn: { arguments: false } },
      ],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      eqeqeq: ["error", "always", { null: "ignore" }],
    },
  },
  {
    files: testFiles,
    ...jest.configs["flat/recommended"],
    rules: {
      ...jest.configs["flat/recommended"].rules,
      "jest/expect-expect": ["error", { assertFunctionNames: ["expect*", "fc.assert"] }],
    },
  },
  {
    files: ["simulation/**/*.ts", ...testFiles],
    rules: { "@typescript-eslint/no-non-null-assertion": "off" },
  },
  {
    files: testFiles,
    plugins: { tests: { rules: { "expects-run": expectsRun } } },
    rules: {
      "tests/expects-run": "error",
      "no-restricted-syntax": [
        "error",
        {
          selector: "CallExpression[callee.object.name='expect'][callee.property.name='anything']",
          message: "Whatever comes would do. Say what is expected, or expect.any(Type).",
        },
        {
          selector:
            ":matches(MemberExpression[property.name='length'] > CallExpression.object, VariableDeclarator[id.type='ObjectPattern'] > CallExpression.init)[callee.name='String']",
          message: "What is missing has a length as well: null is four characters long.",
        },
      ],
    },
  },
  { files: ["**/*.mjs"], ...tseslint.configs.disableTypeChecked },
  ...lwcRecommended.map((config) => ({ ...config, files: componentFiles })),
  {
    files: ["force-app/**/__tests__/**/*.js", "test/lwc/**/*.js"],
    ...jest.configs["flat/recommended"],
    rules: {
      ...jest.configs["flat/recommended"].rules,
      "@lwc/lwc/no-unexpected-wire-adapter-usages": "off",
    },
  },
  {
    files: componentFiles,
    rules: {
      // Lightning leaves members that are null out of Apex answers: null and undefined are one.
      eqeqeq: ["error", "always", { null: "never" }],
      // Waiting in turn is what a poll does.
      "no-await-in-loop": "off",
      // The formatter takes the brackets away.
      "no-confusing-arrow": "off",
      "@lwc/lwc/no-async-operation": "off",
    },
  },
);
