import search from "@salesforce/label/c.Circa_Mapping_Filter_Search";
import searchHint from "@salesforce/label/c.Circa_Mapping_Filter_Hint";
import state from "@salesforce/label/c.Circa_Mapping_Filter_State";
import all from "@salesforce/label/c.Circa_Mapping_Filter_All";
import broken from "@salesforce/label/c.Circa_Mapping_State_Broken";
import unmapped from "@salesforce/label/c.Circa_Mapping_State_Unmapped";
import mapped from "@salesforce/label/c.Circa_Mapping_State_Mapped";
import off from "@salesforce/label/c.Circa_Mapping_State_Off";
import changed from "@salesforce/label/c.Circa_Mapping_State_Changed";
import section from "@salesforce/label/c.Circa_Mapping_Filter_Section";
import allSections from "@salesforce/label/c.Circa_Mapping_Filter_Sections";

export const labels = {
  search,
  searchHint,
  state,
  all,
  broken,
  unmapped,
  mapped,
  off,
  changed,
  section,
  allSections,
};
