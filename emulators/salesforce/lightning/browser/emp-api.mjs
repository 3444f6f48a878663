/* global EventSource, URLSearchParams */
/** `lightning/empApi` over the emulator's own stream of server-sent events. */

let lastId = 0;
let onErrorListener = () => undefined;

export function subscribe(channel, replayId, onMessage) {
  const source = new EventSource(
    `/lightning/events?${new URLSearchParams({ channel, replayId: String(replayId) })}`,
  );
  lastId += 1;
  const subscription = { id: lastId, channel, replayId, source };
  source.addEventListener("message", ({ data }) => onMessage(JSON.parse(data)));
  source.addEventListener("error", () => onErrorListener({ channel, error: "connection lost" }));
  return new Promise((resolve) => {
    source.addEventListener("open", () => resolve(subscription), { once: true });
  });
}

export function unsubscribe(subscription, callback) {
  subscription?.source.close();
  const answer = { successful: true, subscription: subscription?.channel };
  callback?.(answer);
  return Promise.resolve(answer);
}

export function onError(callback) {
  onErrorListener = callback;
}

export function setDebugFlag() {}

export function isEmpEnabled() {
  return Promise.resolve(true);
}
