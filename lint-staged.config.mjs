/** What a commit is checked for before it is made, once `npm run hooks` has been run. */
export default {
  "*.{ts,mjs,js}": ["eslint --max-warnings 0 --no-warn-ignored", "prettier --check"],
  "*.{json,md,yml,yaml,html,css,xml,cls,trigger}": "prettier --check --ignore-unknown",
};
