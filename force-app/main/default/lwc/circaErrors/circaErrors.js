import somethingFailed from "@salesforce/label/c.Circa_Common_Something_Failed";

/**
 * The sentences of an error, however it came: Apex, the UI API, JavaScript, or several at once.
 * @returns {string[]} at least one
 */
export function messagesOf(error) {
  const messages = [error].flat().flatMap((each) => {
    if (!each) return [];
    if (Array.isArray(each.body)) return each.body.map(({ message }) => message);
    if (typeof each.body?.message === "string") return [each.body.message];
    if (typeof each.message === "string") return [each.message];
    return typeof each === "string" ? [each] : [];
  });
  const said = [...new Set(messages.filter(Boolean))];
  return said.length > 0 ? said : [somethingFailed];
}
