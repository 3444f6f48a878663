import rowsShown from "@salesforce/label/c.Circa_Mapping_Rows";
import nothing from "@salesforce/label/c.Circa_Mapping_Nothing";
import previous from "@salesforce/label/c.Circa_Common_Previous";
import next from "@salesforce/label/c.Circa_Common_Next";

export const labels = {
  rowsShown,
  nothing,
  previous,
  next,
};
