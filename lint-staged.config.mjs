/** What a commit is checked for before it is made, once `npm run hooks` has been run. */
export default {
  "*.{ts,mjs,js}": ["eslint --max-warnings 0 --no-warn-ignored", "prettier --check"],
  "*.{json,md,yml,yaml,html,css,xml}": "prettier --check --ignore-unknown",
  "*.{cls,trigger}": "node --import tsx scripts/format-apex.ts --check",
};
