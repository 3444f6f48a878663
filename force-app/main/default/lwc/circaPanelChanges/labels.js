import title from "@salesforce/label/c.Circa_Panel_Changes";
import none from "@salesforce/label/c.Circa_Panel_No_Changes";
import toSalesforce from "@salesforce/label/c.Circa_Panel_Change_To";
import toCirca from "@salesforce/label/c.Circa_Panel_Change_From";
import blank from "@salesforce/label/c.Circa_Panel_Blank";
import hidden from "@salesforce/label/c.Circa_Panel_Hidden";
import by from "@salesforce/label/c.Circa_Panel_By";
import put_back_in_circa from "@salesforce/label/c.Circa_Note_Put_Back_In_Circa";
import put_back_in_salesforce from "@salesforce/label/c.Circa_Note_Put_Back_In_Salesforce";
import stepped_back_in_circa from "@salesforce/label/c.Circa_Note_Stepped_Back_In_Circa";
import first_contact from "@salesforce/label/c.Circa_Note_First_Contact";
import oldAndNew from "@salesforce/label/c.Circa_Panel_Old_And_New";
import webhook from "@salesforce/label/c.Circa_Cause_Webhook";
import stream from "@salesforce/label/c.Circa_Cause_Stream";
import sweep from "@salesforce/label/c.Circa_Cause_Sweep";
import poll from "@salesforce/label/c.Circa_Cause_Poll";
import mappings from "@salesforce/label/c.Circa_Cause_Mappings";
import admin from "@salesforce/label/c.Circa_Cause_Admin";
import start from "@salesforce/label/c.Circa_Cause_Start";
import retry from "@salesforce/label/c.Circa_Cause_Retry";

export const labels = {
  title,
  none,
  toSalesforce,
  toCirca,
  blank,
  hidden,
  by,
  put_back_in_circa,
  put_back_in_salesforce,
  stepped_back_in_circa,
  first_contact,
  oldAndNew,
  webhook,
  stream,
  sweep,
  poll,
  mappings,
  admin,
  start,
  retry,
};
