import nothing from "@salesforce/label/c.Circa_Mapping_Nothing";

export const labels = {
  nothing,
};
