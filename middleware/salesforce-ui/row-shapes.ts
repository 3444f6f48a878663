/** What each field of the package's screen rows can hold, as `force-app` defines it. */
import type { ScreenObjectName } from "../systems/salesforce/screens.ts";

export type Shape =
  | { readonly kind: "text" | "area" | "url" | "key"; readonly length: number }
  | { readonly kind: "json"; readonly length: number }
  | { readonly kind: "date" | "moment" | "flag" | "id" }
  | { readonly kind: "whole"; readonly digits: number }
  | { readonly kind: "choice"; readonly values: readonly string[] };

const text = (length: number): Shape => ({ kind: "text", length });
const area = (length: number): Shape => ({ kind: "area", length });
const json: Shape = { kind: "json", length: 32_768 };
/** Finds the row: without it, or with a part of it, there is no row. */
const key = (length: number): Shape => ({ kind: "key", length });
const url: Shape = { kind: "url", length: 255 };
const date: Shape = { kind: "date" };
const moment: Shape = { kind: "moment" };
const flag: Shape = { kind: "flag" };

export const rowShapes: Readonly<Record<ScreenObjectName, Readonly<Record<string, Shape>>>> = {
  Circa_Event_Field__c: {
    Field_Key__c: key(80),
    Name: text(80),
    Label__c: text(255),
    Type__c: text(40),
    Section__c: text(80),
    Order__c: { kind: "whole", digits: 6 },
    Is_Required__c: flag,
    Is_Read_Only__c: flag,
    Is_Custom__c: flag,
    Options__c: json,
    Is_Active__c: flag,
    Last_Seen__c: moment,
  },
  Circa_Event__c: {
    Event_Id__c: key(64),
    Name: text(80),
    Start_Date__c: date,
    End_Date__c: date,
    Status__c: text(40),
    Team__c: text(120),
    Location__c: text(255),
    Url__c: url,
    Is_Active__c: flag,
  },
  Circa_Sync_Issue__c: {
    Issue_Key__c: key(255),
    Campaign__c: { kind: "id" },
    Event_Id__c: text(64),
    Event_Name__c: text(255),
    Event_Url__c: url,
    Field_Key__c: text(80),
    Field_Label__c: text(255),
    Code__c: text(80),
    Message__c: area(4_000),
    Hint__c: area(2_000),
    Parameters__c: json,
    Status__c: { kind: "choice", values: ["Open", "Resolved"] },
    Opened_At__c: moment,
    Seen_At__c: moment,
    Resolved_At__c: moment,
  },
  Circa_Sync_Link__c: {
    Campaign_Key__c: key(18),
    Event_Id__c: text(64),
    Detail__c: json,
    Checked_At__c: moment,
    Last_Request_Id__c: text(64),
  },
  Circa_Sync_State__c: {
    Connection__c: key(80),
    Heartbeat_At__c: moment,
    Heartbeat_Id__c: text(64),
    Version__c: text(40),
    Stream_State__c: text(40),
    Detail__c: json,
  },
};
