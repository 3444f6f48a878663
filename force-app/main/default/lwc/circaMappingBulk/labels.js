import title from "@salesforce/label/c.Circa_Mapping_Bulk";
import selected from "@salesforce/label/c.Circa_Mapping_Selected";
import selectShown from "@salesforce/label/c.Circa_Mapping_Select_Shown";
import selectNone from "@salesforce/label/c.Circa_Mapping_Select_None";
import useSuggestions from "@salesforce/label/c.Circa_Mapping_Use_Suggestions";
import switchOn from "@salesforce/label/c.Circa_Mapping_Switch_On";
import switchOff from "@salesforce/label/c.Circa_Mapping_Switch_Off";
import toSalesforce from "@salesforce/label/c.Circa_Mapping_To_Short";
import fromSalesforce from "@salesforce/label/c.Circa_Mapping_From_Short";
import undo from "@salesforce/label/c.Circa_Mapping_Undo_Selected";

export const labels = {
  title,
  selected,
  selectShown,
  selectNone,
  useSuggestions,
  switchOn,
  switchOff,
  toSalesforce,
  fromSalesforce,
  undo,
};
