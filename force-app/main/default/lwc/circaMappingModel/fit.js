/**
 * The directions in which a Circa field and a Campaign field go together, To first.
 * @returns none when they don't fit
 */
export function directionsOf(pairs, circaField, campaignField) {
  if (misfitReason(pairs, circaField, campaignField)) return [];
  const pair = pairs[circaField.type][campaignField.kind];
  const directions = [];
  if (pair !== "from" && isWritable(campaignField)) directions.push("To_Salesforce");
  if (pair !== "to" && !circaField.readOnly) directions.push("From_Salesforce");
  return directions;
}

function isWritable({ updateable, visibility }) {
  return updateable && visibility !== "read";
}

/**
 * Why a Campaign field can't be chosen for a Circa field.
 * @returns {"reserved" | "type" | "permission" | "writing" | null} null when it can
 */
export function misfitReason(pairs, circaField, campaignField) {
  if (campaignField.reserved) return "reserved";
  const pair = pairs[circaField.type]?.[campaignField.kind];
  if (!pair) return "type";
  if (campaignField.visibility === "none") return "permission";
  const canGoTo = pair !== "from" && isWritable(campaignField);
  const canGoFrom = pair !== "to" && !circaField.readOnly;
  if (canGoTo || canGoFrom) return null;
  return campaignField.updateable && campaignField.visibility === "read" ? "permission" : "writing";
}

/** The Campaign fields that can be chosen for a Circa field. */
export function fittingFields({ pairs, campaignFields }, circaField) {
  return campaignFields.filter((field) => !misfitReason(pairs, circaField, field));
}

/** Those that can't, each with the reason; the sync's own are left out. */
export function misfits({ pairs, campaignFields }, circaField) {
  return campaignFields.flatMap((field) => {
    const reason = misfitReason(pairs, circaField, field);
    return reason && reason !== "reserved" ? [{ field, reason }] : [];
  });
}
