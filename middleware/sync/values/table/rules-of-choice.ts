/** What the value table's pairs do: picklists, lists, people and teams. */
import { pairChoices, pairChoiceWithText, showTeamAsChoice } from "../choices/choices.ts";
import * as lists from "../choices/lists.ts";
import * as people from "../people.ts";
import { both, exactText, onlyTo, showsInText, type Rule } from "./rules.ts";

const teamsInCirca = "Circa's teams are kept in Circa";

export const choiceRules = {
  choice: {
    title: "Picklist",
    directions: both,
    toCampaign:
      "The stored value, found by value, else label, else either in other letters; any text where not restricted, else active values",
    toCirca: "The stored value; its label in free text, or where Circa's options are labels",
    build: pairChoices,
  },
  choiceWithText: {
    title: "Select and text",
    directions: both,
    toCampaign: "The option",
    toCirca: "The text, if it is an option",
    equal: exactText,
    build: pairChoiceWithText,
  },
  list: {
    title: "Multi-select",
    directions: both,
    toCampaign:
      "The stored values in the picklist's order, joined by semicolons, found as in a picklist",
    toCirca: "The stored values",
    equal: "The same set",
    build: lists.pairLists,
  },
  choiceWithList: {
    title: "Select and multi-select picklist",
    directions: both,
    toCampaign: "The value",
    toCirca: "The value; several are a problem",
    build: lists.pairChoiceWithList,
  },
  listWithChoice: {
    title: "Multi-select and picklist",
    directions: both,
    toCampaign: "The value; several are a problem",
    toCirca: "The value",
    build: lists.pairListWithChoice,
  },
  textWithList: {
    title: "Text and multi-select picklist",
    directions: both,
    toCampaign: "The values between the semicolons, found as in a picklist",
    toCirca: "The labels, joined by semicolons",
    equal: "The same set",
    build: lists.pairTextWithList,
  },
  listWithText: {
    title: "Multi-select and text",
    directions: both,
    toCampaign: "The values, joined by semicolons",
    toCirca: "The values between the semicolons, if they are options",
    equal: "The same set",
    build: lists.pairListWithText,
  },
  person: {
    title: "Person and user",
    directions: both,
    toCampaign: "The one active user with the person's e-mail address",
    toCirca: "The user's address",
    build: people.pairPersonWithUser,
  },
  emailWithUser: {
    title: "E-mail and user",
    directions: both,
    toCampaign: "The one active user with that address",
    toCirca: "The user's address",
    build: people.pairEmailWithUser,
  },
  personWithEmail: {
    title: "Person and email",
    directions: both,
    toCampaign: "The person's address",
    toCirca: "The address",
    build: people.pairPersonWithEmail,
  },
  teamAsChoice: {
    title: "Team in a picklist",
    directions: onlyTo,
    toCampaign: "The team's name, found as in a picklist",
    oneWay: teamsInCirca,
    build: showTeamAsChoice,
  },
  teamAsText: {
    ...showsInText("Team in a text", "The team's name", people.showTeamAsText),
    oneWay: teamsInCirca,
  },
  personAsText: showsInText(
    "Person in a text",
    "First and last name, else the e-mail address",
    people.showPersonAsText,
  ),
} as const satisfies Record<string, Rule>;
