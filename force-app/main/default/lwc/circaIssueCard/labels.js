import select from "@salesforce/label/c.Circa_Issues_Select";
import retry from "@salesforce/label/c.Circa_Issues_Retry";
import retryOf from "@salesforce/label/c.Circa_Issues_Retry_Of";
import trying from "@salesforce/label/c.Circa_Issues_Trying";
import since from "@salesforce/label/c.Circa_Panel_Problem_Since";
import solved from "@salesforce/label/c.Circa_Issues_Solved_At";
import campaign from "@salesforce/label/c.Circa_Issues_Campaign";
import event from "@salesforce/label/c.Circa_Issues_Event";
import whole from "@salesforce/label/c.Circa_Panel_Problem_Whole";

export const labels = {
  select,
  retry,
  retryOf,
  trying,
  since,
  solved,
  campaign,
  event,
  whole,
};
