import CircaFieldPicker from "c/circaFieldPicker";
import { accessibilityProblems } from "testing/accessible";
import { one, settled, show, textOf } from "testing/show";

const options = [
  { name: "EndDate", label: "End Date", detail: "date · EndDate", isSuggested: true },
  { name: "StartDate", label: "Start Date", detail: "date · StartDate", isSuggested: false },
];

function open(properties = {}) {
  const element = show("c-circa-field-picker", CircaFieldPicker, {
    label: "Campaign field",
    options,
    ...properties,
  });
  const chosen = jest.fn();
  element.addEventListener("fieldchosen", ({ detail }) => chosen(detail.name));
  return { element, chosen, input: one(element, "input") };
}

async function press(input, ...keys) {
  for (const key of keys) {
    input.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    await settled();
  }
}

async function type(input, text) {
  input.value = text;
  input.dispatchEvent(new CustomEvent("input"));
  await settled();
}

const optionsOf = (element) => [...element.shadowRoot.querySelectorAll("[data-name]")];

test("is chosen from with the keyboard alone", async () => {
  const { element, chosen, input } = open();
  await press(input, "ArrowDown", "ArrowDown", "ArrowDown");
  const [, second] = optionsOf(element);
  expect(input.getAttribute("aria-activedescendant")).toBe(second.id);
  await press(input, "Enter");
  expect(chosen).toHaveBeenCalledWith("StartDate");
  expect(input.getAttribute("aria-expanded")).toBe("false");
});

test("finds by words, and takes the first with Enter", async () => {
  const { element, chosen, input } = open();
  await type(input, "start");
  expect(optionsOf(element)).toHaveLength(1);
  await press(input, "Enter");
  expect(chosen).toHaveBeenCalledWith("StartDate");
});

test("says so when nothing fits", async () => {
  const { element, input } = open();
  await type(input, "zzz");
  expect(textOf(element)).toContain("c.Circa_Picker_None");
});

test("Escape puts back what was chosen before", async () => {
  const { chosen, input } = open({ value: "EndDate" });
  await settled();
  expect(input.value).toBe("End Date");
  await type(input, "sta");
  await press(input, "Escape");
  expect(input.value).toBe("End Date");
  expect(chosen).not.toHaveBeenCalled();
});

test("a choice can be taken back", async () => {
  const { element, chosen } = open({ value: "EndDate" });
  await settled();
  one(element, "lightning-button-icon").click();
  expect(chosen).toHaveBeenCalledWith(null);
});

test("draws thirty of many fields and says how many more there are", async () => {
  const many = Array.from({ length: 400 }, (_, index) => ({
    name: `F${index}`,
    label: `Field ${index}`,
    detail: "",
    isSuggested: false,
  }));
  const { element, input } = open({ options: many });
  await press(input, "ArrowDown");
  expect(optionsOf(element)).toHaveLength(30);
  expect(textOf(element)).toContain("c.Circa_Picker_More");
});

test("is accessible, closed and open", async () => {
  const { element, input } = open({ value: "EndDate" });
  await settled();
  expect(await accessibilityProblems(element)).toEqual([]);
  await press(input, "ArrowDown");
  expect(await accessibilityProblems(element)).toEqual([]);
});
