export { directionsOf, fittingFields, misfitReason, misfits } from "./fit";
export { asSuggestion, suggestionsFor } from "./suggest";
export { buildRows, isChanged, rankOf, rowToSave, withDraft, withResults } from "./rows";
export { filterRows, takenFields } from "./filter";
export { VisibleRows } from "./visibleRows";
export const TO_SALESFORCE = "To_Salesforce";
export const FROM_SALESFORCE = "From_Salesforce";
