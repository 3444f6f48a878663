/** What the Campaign panel gets from Apex, for tests. */
export function aPanelField(given = {}) {
  return {
    circaFieldKey: "start_date",
    circaLabel: "Start date",
    campaignField: "StartDate",
    campaignLabel: "Start Date",
    direction: "To_Salesforce",
    ownedBy: "Circa",
    state: "in_sync",
    since: "2026-11-23T21:00:00.000Z",
    note: null,
    ...given,
  };
}

export function aPanel(given = {}) {
  return {
    campaignId: "701000000000001AAA",
    campaignName: "Spring Summit",
    canEdit: true,
    event: {
      id: "RXZlbnQtMQ",
      name: "Spring Summit Lisbon",
      url: "https://circa.example/events/1",
      startDate: "2026-03-10",
      status: "COMMITTED",
    },
    status: "In Sync",
    message: null,
    lastSynced: "2026-11-23T21:40:00.000Z",
    checkedAt: "2026-11-23T21:40:00.000Z",
    lastRequestId: null,
    fields: [
      aPanelField(),
      aPanelField({
        circaFieldKey: "tier",
        circaLabel: "Tier",
        campaignField: "Tier__c",
        campaignLabel: "Event Tier",
        direction: "From_Salesforce",
        ownedBy: "Salesforce",
      }),
    ],
    problems: [],
    changes: [],
    service: { alive: true, heartbeatAt: "2026-11-23T21:40:00.000Z" },
    ...given,
  };
}
