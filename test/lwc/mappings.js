/** What the mapping page gets from Apex, for tests: right in every way but for what is given. */

export function aCircaField(given = {}) {
  return {
    key: "start_date",
    label: "Start date",
    type: "DATE",
    typeLabel: "date",
    section: "Basics",
    order: 1,
    required: false,
    readOnly: false,
    custom: false,
    active: true,
    options: [],
    ...given,
  };
}

export function aCampaignField(given = {}) {
  return {
    name: "StartDate",
    label: "Start Date",
    kind: "date",
    typeLabel: "date",
    length: 0,
    required: false,
    calculated: false,
    custom: false,
    reserved: false,
    picklist: false,
    updateable: true,
    visibility: "edit",
    ...given,
  };
}

export function aMapping(given = {}, problems = {}) {
  const row = {
    rowKey: "Start_Date",
    developerName: "Start_Date",
    label: "Start date to Start Date",
    circaFieldKey: "start_date",
    campaignField: "StartDate",
    direction: "To_Salesforce",
    blankRule: "Copy",
    recordType: null,
    active: true,
    notes: null,
    ...given,
  };
  return { row, result: { rowKey: row.rowKey, errors: [], warnings: [], ...problems } };
}

export const pairs = {
  DATE: { date: "both", string: "to" },
  TEXT: { string: "both", date: "from" },
  SELECT: { picklist: "both", string: "both" },
};

/** Start date is mapped; End date, Location and Tier are not. */
export function aMappingPage(given = {}) {
  return {
    catalogue: {
      loaded: true,
      lastSeen: "2026-11-23T21:40:00.000Z",
      fields: [
        aCircaField(),
        aCircaField({ key: "end_date", label: "End date", order: 2 }),
        aCircaField({
          key: "location",
          label: "Location",
          type: "TEXT",
          typeLabel: "text",
          order: 3,
          section: "Place",
        }),
        aCircaField({
          key: "tier",
          label: "Tier",
          type: "SELECT",
          typeLabel: "select",
          order: 4,
          section: "Custom",
        }),
      ],
    },
    campaignFields: [
      aCampaignField({ name: "EndDate", label: "End Date" }),
      aCampaignField({
        name: "Location__c",
        label: "Location",
        kind: "string",
        typeLabel: "text",
      }),
      aCampaignField(),
      aCampaignField({
        name: "Tier__c",
        label: "Tier",
        kind: "picklist",
        typeLabel: "picklist",
        picklist: true,
      }),
    ],
    recordTypes: [{ developerName: "Conference", label: "Conference" }],
    mappings: [aMapping()],
    pairs,
    linkedCampaigns: 20,
    integrationUsers: 1,
    service: { alive: true, heartbeatAt: "2026-11-23T21:40:00.000Z" },
    ...given,
  };
}
