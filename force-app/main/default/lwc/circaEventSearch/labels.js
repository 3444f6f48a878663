import name from "@salesforce/label/c.Circa_Connect_Name";
import from from "@salesforce/label/c.Circa_Connect_From";
import until from "@salesforce/label/c.Circa_Connect_Until";
import results from "@salesforce/label/c.Circa_Connect_Results";
import none from "@salesforce/label/c.Circa_Connect_None";
import many from "@salesforce/label/c.Circa_Connect_Many";
import connect from "@salesforce/label/c.Circa_Connect_Connect";
import connectTo from "@salesforce/label/c.Circa_Connect_To";
import taken from "@salesforce/label/c.Circa_Connect_Taken";

export const labels = {
  name,
  from,
  until,
  results,
  none,
  many,
  connect,
  connectTo,
  taken,
};
