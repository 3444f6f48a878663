import { messagesOf } from "c/circaErrors";

test.each([
  ["Apex", { body: { message: "Ask for the permission set." } }, ["Ask for the permission set."]],
  ["the UI API", { body: [{ message: "One." }, { message: "Two." }] }, ["One.", "Two."]],
  ["JavaScript", new Error("Broken."), ["Broken."]],
  ["several at once", [new Error("One."), new Error("One.")], ["One."]],
])("an error of %s in sentences", (_from, error, messages) => {
  expect(messagesOf(error)).toEqual(messages);
});

test("an error without words gets some", () => {
  expect(messagesOf({})).toEqual(["c.Circa_Common_Something_Failed"]);
});
