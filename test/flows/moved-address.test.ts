/** An org that lives at another address by now: sign-in tells where, REST and stream go there. */
import { html, plain, startAnsweringProxy, type ProxyAnswer } from "../support/answering-proxy.ts";
import { eventually } from "../support/eventually.ts";
import { expectationsOf } from "../support/link-expectations.ts";
import { oneLink } from "../support/one-link.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";
import { startSync } from "../support/running-sync.ts";

jest.setTimeout(240_000);

const redirect = { status: 302, headers: { location: "https://elsewhere.my.salesforce.com/" } };

test("a redirect, a page, or nothing of use: the sync moves along, stream and all", async () => {
  const sync = await startSync({ links: 3 });
  const addresses = await Promise.all(
    [1, 2, 3, 4].map(() => startAnsweringProxy(sync.salesforce.url)),
  );
  const [login, ...places] = addresses;
  if (login === undefined) throw new Error("no proxy");
  login.host = new URL(places[0]!.url).host;
  await sync.settled();
  await sync.stopMiddleware();
  await sync.startMiddleware({
    SALESFORCE_LOGIN_URL: login.url,
    SALESFORCE_USERNAME: "",
    SALESFORCE_CLIENT_SECRET: sync.salesforce.integration.clientSecret,
  });
  await sync.settled();
  const link = await oneLink(sync);
  const ways: ProxyAnswer[] = [redirect, html(404)];
  for (const [index, answer] of ways.entries()) {
    const [from, to] = [places[index]!, places[index + 1]!];
    from.answer = () => answer;
    login.host = new URL(to.url).host;
    await salesforceAdmin(sync).setFaults({ name: "killSockets" });
    const location = `moved ${index}`;
    await link.editEvent({ location });
    await expectationsOf(link).campaign({ Circa_Location__c: location });
    await eventually(
      "the stream has moved",
      () => to.seen.some(({ path }) => path.includes("/cometd/")),
      60_000,
    );
  }
  // The last one answers each call with 503: asked for anew after some failures.
  const signIns = () => login.seen.filter(({ path }) => path.includes("/oauth2/token")).length;
  const before = signIns();
  places[2]!.answer = () => plain(503, "gone");
  await link.editEvent({ location: "moved last" });
  await eventually("it has signed in anew", () => signIns() > before, 60_000);
  places[2]!.answer = () => undefined;
  await sync.close();
  await Promise.all(addresses.map((it) => it.close()));
});
