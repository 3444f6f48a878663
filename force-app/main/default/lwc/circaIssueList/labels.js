import title from "@salesforce/label/c.Circa_Issues_Title";
import intro from "@salesforce/label/c.Circa_Issues_Intro";
import loading from "@salesforce/label/c.Circa_Issues_Loading";
import status from "@salesforce/label/c.Circa_Mapping_Filter_State";
import open from "@salesforce/label/c.Circa_Issues_Open";
import resolved from "@salesforce/label/c.Circa_Issues_Resolved";
import all from "@salesforce/label/c.Circa_Issues_All";
import search from "@salesforce/label/c.Circa_Issues_Search";
import searchHint from "@salesforce/label/c.Circa_Issues_Search_Hint";
import found from "@salesforce/label/c.Circa_Issues_Found";
import none from "@salesforce/label/c.Circa_Issues_None";
import retrySelected from "@salesforce/label/c.Circa_Issues_Retry_Selected";
import selectAll from "@salesforce/label/c.Circa_Issues_Select_All";
import refresh from "@salesforce/label/c.Circa_Common_Refresh";
import asked from "@salesforce/label/c.Circa_Issues_Asked";
import askedText from "@salesforce/label/c.Circa_Issues_Asked_Text";

export const labels = {
  title,
  intro,
  loading,
  status,
  open,
  resolved,
  all,
  search,
  searchHint,
  found,
  none,
  retrySelected,
  selectAll,
  refresh,
  asked,
  askedText,
};
