import title from "@salesforce/label/c.Circa_Setup_Title";
import loading from "@salesforce/label/c.Circa_Setup_Loading";
import connection from "@salesforce/label/c.Circa_Setup_Connection";
import alive from "@salesforce/label/c.Circa_Setup_Alive";
import silent from "@salesforce/label/c.Circa_Setup_Silent";
import ask from "@salesforce/label/c.Circa_Setup_Ask";
import asking from "@salesforce/label/c.Circa_Setup_Asking";
import answered from "@salesforce/label/c.Circa_Setup_Answered";
import noAnswer from "@salesforce/label/c.Circa_Setup_No_Answer";
import watching from "@salesforce/label/c.Circa_Setup_Watching";
import digest from "@salesforce/label/c.Circa_Setup_Digest";
import notices from "@salesforce/label/c.Circa_Setup_Notices";
import mappings from "@salesforce/label/c.Circa_Setup_Mappings";

export const labels = {
  title,
  loading,
  connection,
  alive,
  silent,
  ask,
  asking,
  answered,
  noAnswer,
  watching,
  digest,
  notices,
  mappings,
};
