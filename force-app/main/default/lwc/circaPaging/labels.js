import previous from "@salesforce/label/c.Circa_Common_Previous";
import next from "@salesforce/label/c.Circa_Common_Next";
import rowsShown from "@salesforce/label/c.Circa_Mapping_Rows";

export const labels = { previous, next, rowsShown };
