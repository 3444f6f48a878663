import { api, LightningElement } from "lwc";
import { ShowToastEvent } from "lightning/platformShowToastEvent";
import asked from "@salesforce/label/c.Circa_Issues_Asked";
import askedText from "@salesforce/label/c.Circa_Issues_Asked_Text";
import failed from "@salesforce/label/c.Circa_Common_Something_Failed";
import nothingOpen from "@salesforce/label/c.Circa_Nothing_To_Retry";
import retry from "@salesforce/apex/CircaIssueController.retry";
import { messagesOf } from "c/circaErrors";
import { fill } from "c/circaText";

/** The action Retry on the page of a problem. It has nothing to show but its outcome. */
export default class CircaIssueRetry extends LightningElement {
  @api recordId;
  isAsking = false;

  @api
  async invoke() {
    // A second click while the first is under way would ask twice.
    if (this.isAsking) return;
    this.isAsking = true;
    try {
      const { requested } = await retry({ issueIds: [this.recordId] });
      if (requested === 0) this.tell("info", nothingOpen, "");
      else this.tell("success", fill(asked, requested), askedText);
    } catch (error) {
      this.tell("error", failed, messagesOf(error).join(" "));
    }
    this.isAsking = false;
  }

  tell(variant, title, message) {
    this.dispatchEvent(new ShowToastEvent({ variant, title, message }));
  }
}
