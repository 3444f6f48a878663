import axe from "axe-core";

/** Rules that only a whole page can keep. */
const offRules = ["region", "page-has-heading-one", "landmark-one-main", "bypass"];

/** What axe-core finds wrong with an element, in words; colours need a browser. */
export async function accessibilityProblems(element) {
  // axe reads properties of components that they keep to themselves, which LWC warns of.
  const warnings = jest.spyOn(console, "warn").mockImplementation(() => undefined);
  const { violations } = await axe.run(element, {
    rules: Object.fromEntries(
      [...offRules, "color-contrast"].map((rule) => [rule, { enabled: false }]),
    ),
  });
  warnings.mockRestore();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("; ")}`);
}
