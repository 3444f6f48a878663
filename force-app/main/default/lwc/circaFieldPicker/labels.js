import placeholder from "@salesforce/label/c.Circa_Picker_Search";
import none from "@salesforce/label/c.Circa_Picker_None";
import clear from "@salesforce/label/c.Circa_Picker_Clear";
import suggested from "@salesforce/label/c.Circa_Picker_Suggested";
import more from "@salesforce/label/c.Circa_Picker_More";

export const labels = {
  placeholder,
  none,
  clear,
  suggested,
  more,
};
