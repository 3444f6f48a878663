import title from "@salesforce/label/c.Circa_Setup_Permission_Sets";
import users from "@salesforce/label/c.Circa_Setup_Users";
import assign from "@salesforce/label/c.Circa_Setup_Assign";
import assignOf from "@salesforce/label/c.Circa_Setup_Assign_Of";

export const labels = {
  title,
  users,
  assign,
  assignOf,
};
