import title from "@salesforce/label/c.Circa_Panel_Fields";
import none from "@salesforce/label/c.Circa_Panel_No_Fields";
import circa from "@salesforce/label/c.Circa_Panel_Owned_By_Circa";
import salesforce from "@salesforce/label/c.Circa_Panel_Owned_By_Salesforce";
import inSync from "@salesforce/label/c.Circa_Panel_Field_In_Sync";
import pending from "@salesforce/label/c.Circa_Panel_Field_Pending";
import pendingSince from "@salesforce/label/c.Circa_Panel_Field_Pending_Since";
import problem from "@salesforce/label/c.Circa_Panel_Field_Problem";
import problemSince from "@salesforce/label/c.Circa_Panel_Field_Problem_Since";

export const labels = {
  title,
  none,
  circa,
  salesforce,
  inSync,
  pending,
  pendingSince,
  problem,
  problemSince,
};
