import title from "@salesforce/label/c.Circa_Panel_Problems";
import since from "@salesforce/label/c.Circa_Panel_Problem_Since";
import whole from "@salesforce/label/c.Circa_Panel_Problem_Whole";

export const labels = {
  title,
  since,
  whole,
};
