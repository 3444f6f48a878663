import heartbeat from "@salesforce/label/c.Circa_Setup_Heartbeat";
import version from "@salesforce/label/c.Circa_Setup_Version";
import stream from "@salesforce/label/c.Circa_Setup_Stream";
import subscribed from "@salesforce/label/c.Circa_Setup_Stream_Subscribed";
import connecting from "@salesforce/label/c.Circa_Setup_Stream_Connecting";
import waiting from "@salesforce/label/c.Circa_Setup_Stream_Waiting";
import stopped from "@salesforce/label/c.Circa_Setup_Stream_Stopped";
import lastEvent from "@salesforce/label/c.Circa_Setup_Last_Event";
import intake from "@salesforce/label/c.Circa_Setup_Intake";
import sweep from "@salesforce/label/c.Circa_Setup_Sweep";
import missed from "@salesforce/label/c.Circa_Setup_Missed";
import links from "@salesforce/label/c.Circa_Setup_Links";
import backlog from "@salesforce/label/c.Circa_Setup_Backlog";
import backlogText from "@salesforce/label/c.Circa_Setup_Backlog_Text";
import problems from "@salesforce/label/c.Circa_Setup_Problems";
import api from "@salesforce/label/c.Circa_Setup_Api";
import apiText from "@salesforce/label/c.Circa_Setup_Api_Text";
import console from "@salesforce/label/c.Circa_Setup_Console";
import none from "@salesforce/label/c.Circa_Setup_None";

export const labels = {
  heartbeat,
  version,
  stream,
  subscribed,
  connecting,
  waiting,
  stopped,
  lastEvent,
  intake,
  sweep,
  missed,
  links,
  backlog,
  backlogText,
  problems,
  api,
  apiText,
  console,
  none,
};
