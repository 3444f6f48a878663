import edit from "@salesforce/label/c.Circa_Mapping_Edit";
import editRow from "@salesforce/label/c.Circa_Mapping_Edit_Row";
import select from "@salesforce/label/c.Circa_Mapping_Select_Row";
import use from "@salesforce/label/c.Circa_Mapping_Use";
import useFor from "@salesforce/label/c.Circa_Mapping_Use_For";
import suggestion from "@salesforce/label/c.Circa_Mapping_Suggestion";
import required from "@salesforce/label/c.Circa_Mapping_Required";
import readOnly from "@salesforce/label/c.Circa_Mapping_Read_Only";
import gone from "@salesforce/label/c.Circa_Mapping_Gone";
import broken from "@salesforce/label/c.Circa_Mapping_State_Broken";
import unmapped from "@salesforce/label/c.Circa_Mapping_State_Unmapped";
import mapped from "@salesforce/label/c.Circa_Mapping_State_Mapped";
import off from "@salesforce/label/c.Circa_Mapping_State_Off";
import changed from "@salesforce/label/c.Circa_Mapping_State_Changed";
import toShort from "@salesforce/label/c.Circa_Mapping_To_Short";
import fromShort from "@salesforce/label/c.Circa_Mapping_From_Short";
import refusal from "@salesforce/label/c.Circa_Mapping_Refusal";
import shared from "@salesforce/label/c.Circa_Mapping_Shared";

export const labels = {
  edit,
  editRow,
  select,
  use,
  useFor,
  suggestion,
  required,
  readOnly,
  gone,
  broken,
  unmapped,
  mapped,
  off,
  changed,
  toShort,
  fromShort,
  refusal,
  shared,
};
