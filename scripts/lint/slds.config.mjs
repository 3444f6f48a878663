/**
 * Salesforce's rules for the style sheets and templates of Lightning web components: those that its SLDS
 * linter runs. Nothing of a file may switch them off.
 */
import slds from "@salesforce-ux/eslint-plugin-slds";

export default [
  ...slds.configs["flat/recommended"],
  // Scripts have the rules of eslint.config.mjs.
  { ignores: ["**/*.js"] },
  { linterOptions: { noInlineConfig: true } },
];
