/**
 * Subscribes with npm's `cometd` and prints what comes, a line of JSON each:
 * `node cometd-client.mjs <url> <token> <channel> <replay id>`. Ends when its input does.
 */
import process from "node:process";
import { CometD } from "cometd";
import { adapt } from "cometd-nodejs-client";

const [url, token, channel, replayId] = process.argv.slice(2);
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

adapt();
const client = new CometD();
client.unregisterTransport("websocket");
client.configure({ url, requestHeaders: { Authorization: `OAuth ${token}` } });
client.registerExtension("replay", {
  outgoing(message) {
    if (message.channel !== "/meta/subscribe") return message;
    return { ...message, ext: { replay: { [channel]: Number(replayId) } } };
  },
});
client.handshake((answer) => {
  if (!answer.successful) {
    say({ refused: answer.ext?.sfdc?.failureReason ?? answer.error });
    return;
  }
  client.subscribe(
    channel,
    ({ data }) => say({ kind: data.payload.Kind__c }),
    (reply) => say(reply.successful ? { subscribed: true } : { refused: reply.error }),
  );
});
process.stdin.resume();
process.stdin.on("end", () => client.disconnect(() => process.exit()));
