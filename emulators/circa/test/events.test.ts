import type { CircaBody } from "./support/circa-api.ts";
import { circaCaller } from "./support/circa-api.ts";
import {
  customKey,
  firstEvent,
  leaderEmail,
  secondEvent,
  startWorkspace,
  team,
  type Workspace,
} from "./workspace.ts";

const names = (rows: readonly CircaBody[]) => rows.map((row) => row["name"]);

describe("Circa's public API", () => {
  let workspace: Workspace;
  beforeEach(async () => {
    workspace = await startWorkspace();
  });
  afterEach(() => workspace.circa.close());

  test("refuses a missing, a wrong and a nearly right key", async () => {
    const { api, person } = workspace.circa;
    for (const key of ["", "nonsense", person.apiKey.toUpperCase()]) {
      const { status, body } = await circaCaller(api, key)("GET", "/events");
      expect(status).toBe(401);
      expect(body.errors[0]?.code).toBe("unauthorized");
    }
  });

  test("gives an Event whole, with blanks as null or an empty list", async () => {
    const { body, headers } = await workspace.person("GET", `/events/${firstEvent.id}`);
    expect(body).toMatchObject({
      id: "RXZlbnQtNzg5NDE",
      name: "Southern Cloud Expo",
      team,
      roles: [],
      end_date: "2027-03-18",
      leader: { email: leaderEmail, first_name: "Aroha", last_name: "Ngata" },
      planned_total: 84_000,
      paid_total: null,
      updated_at: "2026-01-01T10:00:00Z",
      version: 1,
    });
    expect(body.custom_fields).toMatchObject({
      [customKey("TEXT")]: "K-118",
      [customKey("MULTISELECT")]: [],
      [customKey("CHECKBOX")]: null,
    });
    expect(headers["etag"]).toBe('"1"');
  });

  test("knows ids by their exact letters only", async () => {
    const { status } = await workspace.person("GET", `/events/${firstEvent.id.toLowerCase()}`);
    expect(status).toBe(404);
  });

  test("lists 25 Events a page, the last page being short", async () => {
    const events = Array.from({ length: 60 }, (_, index) => ({ name: `Event ${index}` }));
    workspace.circa.seed({ events });
    const pages = await Promise.all(
      ["", "?page=1", "?page=2", "?page=3", "?page=4"].map(async (query) => {
        const { body } = await workspace.person("GET", `/events${query}`);
        return names(body.data);
      }),
    );
    expect(pages.map((page) => page.length)).toEqual([25, 25, 25, 10, 0]);
    expect(pages.slice(1).flat()).toEqual(events.map(({ name }) => name));
    expect((await workspace.person("GET", "/events?page=0")).status).toBe(422);
  });

  test("filters by updated_at, both bounds included", async () => {
    const at = (second: string) => `2026-02-01T10:00:${second}Z`;
    workspace.circa.seed({
      events: ["10", "11", "12", "13"].map((second) => ({ name: second, updated_at: at(second) })),
    });
    const query = new URLSearchParams({
      "updated_at[min]": at("11"),
      "updated_at[max]": at("12"),
    });
    const { body } = await workspace.person("GET", `/events?${query.toString()}`);
    expect(names(body.data)).toEqual(["11", "12"]);
    const wrong = await workspace.person("GET", "/events?updated_at[min]=soon");
    expect(wrong.body.errors[0]?.field).toBe("updated_at[min]");
  });

  test("changes what a PATCH names, ignores unknown attributes and leaves the rest", async () => {
    const { status, body } = await workspace.person("PATCH", `/events/${firstEvent.id}`, {
      body: {
        location: "Wellington",
        colour: "red",
        custom_fields: { [customKey("NUMBER")]: 12.5, nobody: 1 },
      },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ name: "Southern Cloud Expo", location: "Wellington", version: 2 });
    expect(body.custom_fields).toMatchObject({
      [customKey("TEXT")]: "K-118",
      [customKey("NUMBER")]: 12.5,
    });
    expect(body["updated_at"]).not.toBe("2026-01-01T10:00:00Z");
    const again = await workspace.person("GET", `/events/${firstEvent.id}`);
    expect(again.body).toEqual(body);
  });

  test("takes the values that are there already as no change", async () => {
    const { body } = await workspace.person("PATCH", `/events/${firstEvent.id}`, {
      body: { name: firstEvent.name, types: ["Trade Show"], roles: null, planned_total: 84_000 },
    });
    expect(body).toMatchObject({ version: 1, updated_at: "2026-01-01T10:00:00Z" });
  });

  test("writes the leader by e-mail and refuses strangers", async () => {
    const patch = (leader: unknown) =>
      workspace.person("PATCH", `/events/${secondEvent.id}`, { body: { leader } });
    const { body } = await patch({ email: leaderEmail.toUpperCase() });
    expect(body["leader"]).toMatchObject({ email: leaderEmail, first_name: "Aroha" });
    const stranger = await patch({ email: "nobody@northlark.example" });
    expect(stranger.body.errors).toMatchObject([{ field: "leader", code: "unknown_person" }]);
    expect((await patch(null)).body["leader"]).toBeNull();
  });

  test("changes nothing when one of several values is refused, and names all that are", async () => {
    const { status, body } = await workspace.person("PATCH", `/events/${firstEvent.id}`, {
      body: { location: "Wellington", name: " ", actual_total: 5, team: { id: "nowhere" } },
    });
    expect(status).toBe(422);
    expect(body.errors.map(({ field, code }) => [field, code])).toEqual([
      ["name", "required"],
      ["team", "unknown_team"],
      ["actual_total", "read_only"],
    ]);
    const after = await workspace.person("GET", `/events/${firstEvent.id}`);
    expect(after.body).toMatchObject({ location: "Auckland, New Zealand", version: 1 });
  });

  test("refuses a PATCH on a version that is past", async () => {
    const patch = (version: string, location: string) =>
      workspace.person("PATCH", `/events/${firstEvent.id}`, {
        body: { location },
        headers: { "if-match": version },
      });
    expect((await patch('"1"', "Wellington")).headers["etag"]).toBe('"2"');
    const late = await patch('"1"', "Dunedin");
    expect(late.status).toBe(412);
    expect(late.body.errors[0]?.code).toBe("precondition_failed");
    expect((await patch("*", "Dunedin")).body["location"]).toBe("Dunedin");
  });

  test("creates, needs a name, deletes", async () => {
    const refused = await workspace.person("POST", "/events", { body: { status: "COMMITTED" } });
    expect(refused.body.errors).toMatchObject([{ field: "name", code: "required" }]);
    const { status, body } = await workspace.person("POST", "/events", {
      body: { name: "Lisbon Meetup", team: { id: team.id } },
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({ id: "RXZlbnQtNzg5NDQ", team, version: 1 });
    expect((await workspace.person("DELETE", `/events/${body.id}`)).status).toBe(204);
    expect((await workspace.person("GET", `/events/${body.id}`)).status).toBe(404);
  });

  test("answers 400 to what isn't JSON or no object", async () => {
    const { api, person } = workspace.circa;
    const headers = {
      authorization: `Bearer ${person.apiKey}`,
      "content-type": "application/json",
    };
    for (const body of ["{", "[]", '"text"']) {
      const response = await fetch(`${api}/events/${firstEvent.id}`, {
        method: "PATCH",
        headers,
        body,
      });
      expect(response.status).toBe(400);
    }
  });

  test("pages the catalogue of fields and gives one by id", async () => {
    const first = await workspace.person("GET", "/fields?fields_for=Event");
    const second = await workspace.person("GET", "/fields?fields_for=Event&page=2");
    expect([first.body.data.length, second.body.data.length]).toEqual([25, 5]);
    expect(first.body.data[0]).toMatchObject({
      field_name: "name",
      section: "Basics",
      required: true,
    });
    expect(second.body.data.at(-1)).toMatchObject({ id: customKey("PERSON"), field_name: null });
    const one = await workspace.person("GET", `/fields/${customKey("SELECT")}`);
    expect(one.body["options"]).toEqual(["One", "Two", "Three"]);
    expect((await workspace.person("GET", "/fields/none")).status).toBe(404);
    expect((await workspace.person("GET", "/fields?fields_for=Task")).status).toBe(422);
  });

  test("lists teams", async () => {
    const { body } = await workspace.person("GET", "/teams");
    expect(names(body.data)).toEqual(["Field Marketing EMEA", "Field Marketing APAC"]);
  });
});
