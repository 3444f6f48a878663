import silent from "@salesforce/label/c.Circa_Service_Silent";
import never from "@salesforce/label/c.Circa_Service_Never";

export const labels = {
  silent,
  never,
};
