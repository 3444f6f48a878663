import title from "@salesforce/label/c.Circa_Panel_Title";
import loading from "@salesforce/label/c.Circa_Panel_Loading";
import openEvent from "@salesforce/label/c.Circa_Panel_Open_Event";
import unknownEvent from "@salesforce/label/c.Circa_Panel_Unknown_Event";
import notConnected from "@salesforce/label/c.Circa_Panel_Not_Connected";
import inSync from "@salesforce/label/c.Circa_Panel_In_Sync";
import pending from "@salesforce/label/c.Circa_Panel_Pending";
import attention from "@salesforce/label/c.Circa_Panel_Attention";
import lastSynced from "@salesforce/label/c.Circa_Panel_Last_Synced";
import never from "@salesforce/label/c.Circa_Panel_Never_Synced";
import syncNow from "@salesforce/label/c.Circa_Panel_Sync_Now";
import syncing from "@salesforce/label/c.Circa_Panel_Syncing";
import synced from "@salesforce/label/c.Circa_Panel_Synced";
import noAnswer from "@salesforce/label/c.Circa_Panel_No_Answer";
import disconnect from "@salesforce/label/c.Circa_Panel_Disconnect";
import disconnectAsk from "@salesforce/label/c.Circa_Panel_Disconnect_Ask";
import disconnectYes from "@salesforce/label/c.Circa_Panel_Disconnect_Yes";
import cancel from "@salesforce/label/c.Circa_Common_Cancel";
import connected from "@salesforce/label/c.Circa_Panel_Connected";
import connectedText from "@salesforce/label/c.Circa_Panel_Connected_Text";
import disconnected from "@salesforce/label/c.Circa_Panel_Disconnected";
import putBack from "@salesforce/label/c.Circa_Panel_Put_Back";
import travels from "@salesforce/label/c.Circa_Panel_Travels";

export const labels = {
  title,
  loading,
  openEvent,
  unknownEvent,
  notConnected,
  inSync,
  pending,
  attention,
  lastSynced,
  never,
  syncNow,
  syncing,
  synced,
  noAnswer,
  disconnect,
  disconnectAsk,
  disconnectYes,
  cancel,
  connected,
  connectedText,
  disconnected,
  putBack,
  travels,
};
