import title from "@salesforce/label/c.Circa_Setup_Checklist";
import ok from "@salesforce/label/c.Circa_Setup_Ok";
import warning from "@salesforce/label/c.Circa_Setup_Warning";
import error from "@salesforce/label/c.Circa_Setup_Error";
import open from "@salesforce/label/c.Circa_Setup_Open";
import openFor from "@salesforce/label/c.Circa_Setup_Open_For";
import allDone from "@salesforce/label/c.Circa_Setup_All_Done";

export const labels = {
  title,
  ok,
  warning,
  error,
  open,
  openFor,
  allDone,
};
