/** One proxy rule for every call: REST to both systems, sign-in and the stream alike. */
import { createServer, request as sendOn, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { connect, type AddressInfo } from "node:net";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { outboundFetch } from "../../middleware/systems/http/outbound-fetch.ts";
import { eventually } from "../support/eventually.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";

jest.setTimeout(180_000);

let proxy: Server;
let seen: string[];
/** Where every tunnel leads, whatever host was asked for; null: none is made. */
let tunnelsTo: number | null = null;
let sync: RunningSync | null = null;
const names = ["http_proxy", "https_proxy", "no_proxy"] as const;

beforeEach(async () => {
  seen = [];
  proxy = createServer((incoming, outgoing) => {
    const { method = "GET", url = "", headers } = incoming;
    seen.push(url);
    const onward = sendOn(url, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  proxy.on("connect", ({ url = "" }, socket) => {
    seen.push(`CONNECT ${url}`);
    if (tunnelsTo === null) {
      socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
      return;
    }
    const onward = connect(tunnelsTo, "127.0.0.1");
    for (const end of [onward, socket]) end.on("error", () => undefined);
    socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    socket.pipe(onward).pipe(socket);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  [process.env["http_proxy"], process.env["https_proxy"]] = [address, address];
});
afterEach(async () => {
  await sync?.close();
  sync = null;
  for (const name of names) Reflect.deleteProperty(process.env, name);
  proxy.closeAllConnections();
  await new Promise((resolve) => proxy.close(resolve));
});

test("everything goes through it, or nothing where no_proxy names the hosts", async () => {
  sync = await startSync({ links: 3 });
  await sync.settled();
  const { salesforce, circa } = sync;
  const went = (path: string) => seen.some((url) => url.startsWith(path));
  await eventually("all kinds of calls have gone through", () => {
    return (
      went(`${salesforce.url}/services/oauth2/token`) &&
      went(`${salesforce.url}/services/data/`) &&
      went(`${salesforce.url}/cometd/`) &&
      went(`${circa.api}/events`)
    );
  });
  await sync.stopMiddleware();
  process.env["no_proxy"] = "127.0.0.1";
  seen = [];
  await sync.startMiddleware();
  await sync.settled();
  expect(seen).toEqual([]);
});

test("https goes through a tunnel, and a proxy that refuses one says so", async () => {
  const signal = AbortSignal.timeout(10_000);
  const asked = outboundFetch("https://acme.my.salesforce.com/x", {
    method: "GET",
    headers: {},
    signal,
  });
  await expect(asked).rejects.toThrow("the proxy answers HTTP 403");
  expect(seen).toEqual(["CONNECT acme.my.salesforce.com:443"]);
});

/** Key and certificate of `circa.example`, which signs itself. */
const pem = "test/fixtures/circa-example.pem";
/** In a process of its own: whom Node trusts is settled at its start. */
const asking = `
  import { outboundFetch } from "./middleware/systems/http/outbound-fetch.ts";
  for (const url of process.argv.slice(1)) {
    const signal = AbortSignal.timeout(60_000);
    const asked = outboundFetch(url, { method: "POST", headers: {}, body: "hello", signal });
    const told = asked.then(async (it) => it.status + " " + (await it.text()), String);
    console.log(await told);
  }
  process.exit(0);
`;

test("TLS goes through the tunnel, which is used again; the certificate has to be the host's", async () => {
  const keys = readFileSync(pem, "utf8");
  const secure = createTlsServer({ key: keys, cert: keys }, (request, response) => {
    request.on("data", (chunk: Buffer) => response.write(`${request.url ?? ""} ${String(chunk)}`));
    request.on("end", () => response.end());
  });
  await new Promise<void>((resolve) => secure.listen(0, "127.0.0.1", resolve));
  tunnelsTo = (secure.address() as AddressInfo).port;
  try {
    const urls = ["https://circa.example/a", "https://circa.example/b", "https://other.example/c"];
    const args = ["--import", "tsx", "--input-type=module", "-e", asking, ...urls];
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: pem };
    const { stdout } = await promisify(execFile)(process.execPath, args, { env });
    const [first, second, third] = stdout.trim().split("\n");
    expect([first, second]).toEqual(["200 /a hello", "200 /b hello"]);
    expect(third).toContain("does not match certificate's altnames");
    expect(seen).toEqual(["CONNECT circa.example:443", "CONNECT other.example:443"]);
  } finally {
    tunnelsTo = null;
    secure.closeAllConnections();
    await new Promise((resolve) => secure.close(resolve));
  }
});
