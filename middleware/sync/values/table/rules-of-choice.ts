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
      "The stored value, found by value, else by label, else by either in other letters. A restricted picklist takes only its active values; another one takes any text.",
    toCirca:
      "The stored value; its label where Circa's field is free text, or where Circa's own options are the labels.",
    equal: "The same stored value.",
    build: pairChoices,
  },
  choiceWithText: {
    title: "Select and text",
    directions: both,
    toCampaign: "The option as Circa writes it.",
    toCirca: "The text, when it is one of Circa's options.",
    equal: exactText,
    build: pairChoiceWithText,
  },
  list: {
    title: "Multi-select",
    directions: both,
    toCampaign:
      "The stored values in the picklist's order, joined by semicolons, found and checked like a picklist's.",
    toCirca: "The list of stored values.",
    equal: "The same set of stored values.",
    build: lists.pairLists,
  },
  choiceWithList: {
    title: "Select and multi-select picklist",
    directions: both,
    toCampaign: "The one value.",
    toCirca: "The value when there is one; several are a problem.",
    equal: "The same set of stored values.",
    build: lists.pairChoiceWithList,
  },
  listWithChoice: {
    title: "Multi-select and picklist",
    directions: both,
    toCampaign: "The value when there is one; several are a problem.",
    toCirca: "A list of the one value.",
    equal: "The same set of stored values.",
    build: lists.pairListWithChoice,
  },
  textWithList: {
    title: "Text and multi-select picklist",
    directions: both,
    toCampaign: "The values between the semicolons, found and checked like a picklist's.",
    toCirca: "The labels, joined by semicolons.",
    equal: "The same set of stored values.",
    build: lists.pairTextWithList,
  },
  listWithText: {
    title: "Multi-select and text",
    directions: both,
    toCampaign: "The values, joined by semicolons.",
    toCirca: "The values between the semicolons, when they are Circa's options.",
    equal: "The same set of values.",
    build: lists.pairListWithText,
  },
  person: {
    title: "Person and user",
    directions: both,
    toCampaign: "The one active Salesforce user with the person's e-mail address.",
    toCirca: "The user's e-mail address.",
    equal: "The same address, in any case.",
    build: people.pairPersonWithUser,
  },
  emailWithUser: {
    title: "E-mail and user",
    directions: both,
    toCampaign: "The one active Salesforce user with that e-mail address.",
    toCirca: "The user's e-mail address.",
    equal: "The same address, in any case.",
    build: people.pairEmailWithUser,
  },
  personWithEmail: {
    title: "Person and email",
    directions: both,
    toCampaign: "The person's e-mail address.",
    toCirca: "The e-mail address.",
    equal: "The same address, in any case.",
    build: people.pairPersonWithEmail,
  },
  teamAsChoice: {
    title: "Team in a picklist",
    directions: onlyTo,
    toCampaign: "The team's name, found and checked like a picklist's value.",
    toCirca: `Refused: ${teamsInCirca}.`,
    oneWay: teamsInCirca,
    equal: "The Campaign has the value that the team's name means.",
    build: showTeamAsChoice,
  },
  teamAsText: {
    ...showsInText("Team in a text", "The team's name.", people.showTeamAsText),
    toCirca: `Refused: ${teamsInCirca}.`,
    oneWay: teamsInCirca,
  },
  personAsText: showsInText(
    "Person in a text",
    "The person's first and last name, or the e-mail address where Circa gives no name.",
    people.showPersonAsText,
  ),
} as const satisfies Record<string, Rule>;
