import { api, LightningElement } from "lwc";

const place = "{0}";

/**
 * A sentence with a point in time in it, which Salesforce writes as the user's locale and time zone have it:
 * `Since {0}`.
 */
export default class CircaTimedText extends LightningElement {
  /** With `{0}` where the time stands; other places are filled already. */
  @api text = "";
  /** The time, in ISO format; without one its place stays empty. */
  @api at = null;

  get words() {
    return String(this.text ?? "");
  }

  get placeStart() {
    const start = this.words.indexOf(place);
    return start < 0 ? this.words.length : start;
  }

  get before() {
    return this.words.slice(0, this.placeStart);
  }

  get after() {
    return this.words.slice(this.placeStart + place.length);
  }

  get hasTime() {
    return Boolean(this.at) && this.words.includes(place);
  }
}
