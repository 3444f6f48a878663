import tryAgain from "@salesforce/label/c.Circa_Common_Try_Again";

export const labels = { tryAgain };
