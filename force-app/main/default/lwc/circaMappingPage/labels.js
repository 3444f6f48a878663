import title from "@salesforce/label/c.Circa_Mapping_Title";
import intro from "@salesforce/label/c.Circa_Mapping_Intro";
import loading from "@salesforce/label/c.Circa_Mapping_Loading";
import catalogueMissing from "@salesforce/label/c.Circa_Mapping_No_Catalogue";
import noIntegration from "@salesforce/label/c.Circa_Mapping_No_Integration";
import shown from "@salesforce/label/c.Circa_Mapping_Shown";
import save from "@salesforce/label/c.Circa_Mapping_Save";
import discard from "@salesforce/label/c.Circa_Mapping_Discard";
import changes from "@salesforce/label/c.Circa_Mapping_Changes";
import checking from "@salesforce/label/c.Circa_Mapping_Checking";
import deploying from "@salesforce/label/c.Circa_Mapping_Deploying";
import deployingLong from "@salesforce/label/c.Circa_Mapping_Deploying_Long";
import deployed from "@salesforce/label/c.Circa_Mapping_Deployed";
import deployedText from "@salesforce/label/c.Circa_Mapping_Deployed_Text";
import standard from "@salesforce/label/c.Circa_Mapping_Standard";
import standardUsed from "@salesforce/label/c.Circa_Mapping_Standard_Used";
import restored from "@salesforce/label/c.Circa_Mapping_Restored";
import invalid from "@salesforce/label/c.Circa_Mapping_Invalid";
import timedOut from "@salesforce/label/c.Circa_Mapping_Timed_Out";
import failed from "@salesforce/label/c.Circa_Mapping_Failed";
import overwriteTitle from "@salesforce/label/c.Circa_Overwrite_Title";
import overwriteIntro from "@salesforce/label/c.Circa_Overwrite_Intro";

export const labels = {
  title,
  intro,
  loading,
  catalogueMissing,
  noIntegration,
  shown,
  save,
  discard,
  changes,
  checking,
  deploying,
  deployingLong,
  deployed,
  deployedText,
  standard,
  standardUsed,
  restored,
  invalid,
  timedOut,
  failed,
  overwriteTitle,
  overwriteIntro,
};
