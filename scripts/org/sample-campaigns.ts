/** Campaigns that make a trial org look lived in; fields by API name. */
export const sampleCampaigns = [
  { Name: "Spring Summit", Status: "Planned", Type: "Conference", StartDate: "2027-03-10" },
  { Name: "Partner Day", Status: "Planned", Type: "Conference", StartDate: "2027-04-22" },
  { Name: "Customer Dinner", Status: "Completed", Type: "Other", StartDate: "2026-10-01" },
] as const;
