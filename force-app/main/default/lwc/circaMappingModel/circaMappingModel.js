export { directionsOf, fittingFields, misfitReason, misfits } from "./fit";
export { asSuggestion, suggestionsFor } from "./suggest";
export { buildRows, isChanged, rankOf, rowToSave, withDraft, withResults } from "./rows";
export { filterRows, takenFields } from "./filter";
export { standardMappings } from "./standard";
export { VisibleRows } from "./visibleRows";
export { FROM_SALESFORCE, TO_SALESFORCE } from "./directions";
