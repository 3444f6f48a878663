import campaignField from "@salesforce/label/c.Circa_Mapping_Campaign_Field";
import direction from "@salesforce/label/c.Circa_Mapping_Direction";
import to from "@salesforce/label/c.Circa_Mapping_To";
import from from "@salesforce/label/c.Circa_Mapping_From";
import blankRule from "@salesforce/label/c.Circa_Mapping_Blank_Rule";
import blankCopy from "@salesforce/label/c.Circa_Mapping_Blank_Copy";
import blankKeep from "@salesforce/label/c.Circa_Mapping_Blank_Keep";
import recordType from "@salesforce/label/c.Circa_Mapping_Record_Type";
import anyRecordType from "@salesforce/label/c.Circa_Mapping_Any_Record_Type";
import recordTypeHelp from "@salesforce/label/c.Circa_Mapping_Record_Type_Help";
import active from "@salesforce/label/c.Circa_Mapping_Active";
import isOn from "@salesforce/label/c.Circa_Mapping_Is_On";
import isOff from "@salesforce/label/c.Circa_Mapping_Is_Off";
import notes from "@salesforce/label/c.Circa_Mapping_Notes";
import chooseFirst from "@salesforce/label/c.Circa_Mapping_Choose_First";
import showMisfits from "@salesforce/label/c.Circa_Mapping_Show_Misfits";
import misfitType from "@salesforce/label/c.Circa_Mapping_Misfit_Type";
import misfitPermission from "@salesforce/label/c.Circa_Mapping_Misfit_Permission";
import misfitWriting from "@salesforce/label/c.Circa_Mapping_Misfit_Writing";
import done from "@salesforce/label/c.Circa_Mapping_Done";
import reset from "@salesforce/label/c.Circa_Mapping_Reset";
import mappedTo from "@salesforce/label/c.Circa_Mapping_Taken_By";

export const labels = {
  campaignField,
  direction,
  to,
  from,
  blankRule,
  blankCopy,
  blankKeep,
  recordType,
  anyRecordType,
  recordTypeHelp,
  active,
  isOn,
  isOff,
  notes,
  chooseFirst,
  showMisfits,
  misfitType,
  misfitPermission,
  misfitWriting,
  done,
  reset,
  mappedTo,
};
