export const TO_SALESFORCE = "To_Salesforce";
export const FROM_SALESFORCE = "From_Salesforce";
