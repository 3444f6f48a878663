import title from "@salesforce/label/c.Circa_Overwrite_Title";
import intro from "@salesforce/label/c.Circa_Overwrite_Intro";
import nothingLost from "@salesforce/label/c.Circa_Overwrite_Nothing_Lost";
import exactly from "@salesforce/label/c.Circa_Overwrite_Exactly";
import atMost from "@salesforce/label/c.Circa_Overwrite_At_Most";
import counting from "@salesforce/label/c.Circa_Overwrite_Counting";
import notCounted from "@salesforce/label/c.Circa_Overwrite_Not_Counted";
import because from "@salesforce/label/c.Circa_Overwrite_Picklist";
import becauseFrom from "@salesforce/label/c.Circa_Overwrite_From";
import yes from "@salesforce/label/c.Circa_Overwrite_Yes";
import no from "@salesforce/label/c.Circa_Overwrite_No";

export const labels = {
  title,
  intro,
  nothingLost,
  exactly,
  atMost,
  counting,
  notCounted,
  because,
  becauseFrom,
  yes,
  no,
};
