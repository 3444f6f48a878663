import { proxyFor } from "../../../middleware/systems/http/proxies.ts";

const through = (target: string, env: Record<string, string>) =>
  proxyFor(new URL(target), env)?.url.origin ?? null;
const proxy = "http://proxy.example:3128";

test.each([
  ["https://a.example/x", { https_proxy: proxy }, proxy],
  ["https://a.example/x", { HTTPS_PROXY: proxy }, proxy],
  ["https://a.example/x", { https_proxy: "", HTTPS_PROXY: proxy }, null],
  ["https://a.example/x", { http_proxy: proxy }, null],
  ["http://a.example/x", { http_proxy: proxy }, proxy],
  ["http://a.example/x", { HTTP_PROXY: proxy }, proxy],
  ["http://a.example/x", { all_proxy: proxy }, proxy],
  ["https://a.example/x", { ALL_PROXY: proxy }, proxy],
  ["https://a.example/x", { https_proxy: "proxy.example:3128" }, proxy],
  ["https://a.example/x", {}, null],
  ["https://a.example/x", { https_proxy: proxy, no_proxy: "*" }, null],
  ["https://a.example/x", { https_proxy: proxy, NO_PROXY: "a.example" }, null],
  ["https://b.a.example/x", { https_proxy: proxy, no_proxy: ".a.example" }, null],
  ["https://b.a.example/x", { https_proxy: proxy, no_proxy: "c.example, A.Example" }, null],
  ["https://b.a.example/x", { https_proxy: proxy, no_proxy: "*.a.example" }, null],
  ["https://bada.example/x", { https_proxy: proxy, no_proxy: "a.example" }, proxy],
  ["https://a.example/x", { https_proxy: proxy, no_proxy: "a.example:443" }, null],
  ["https://a.example/x", { https_proxy: proxy, no_proxy: "a.example:8443" }, proxy],
  ["http://127.0.0.1:4000/x", { http_proxy: proxy, no_proxy: "127.0.0.1" }, null],
  ["http://127.0.0.1:4000/x", { http_proxy: proxy, no_proxy: "127.0.0.1:4000" }, null],
  ["http://[::1]:4000/x", { http_proxy: proxy, no_proxy: "::1" }, null],
  ["http://[::1]:4000/x", { http_proxy: proxy, no_proxy: "[::1]:4000" }, null],
])("%s with %j goes through %s", (target, env, expected) => {
  expect(through(target, env)).toBe(expected);
});

test("a proxy's user goes into a header, and out of its address", () => {
  const found = proxyFor(new URL("https://a.example"), {
    https_proxy: "http://me:p%40ss@p.example",
  });
  expect(found?.url.href).toBe("http://p.example/");
  expect(found?.headers["proxy-authorization"]).toBe(`Basic ${btoa("me:p@ss")}`);
});

test.each(["socks5://p.example", "http://", "ftp://p.example"])("%s is no HTTP proxy", (value) => {
  expect(() => through("https://a.example", { https_proxy: value })).toThrow("HTTP proxy");
});
