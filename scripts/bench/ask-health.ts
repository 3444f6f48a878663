/** Asks twenty times a second whether a service lives, until its input ends; prints what it took. */
import { request } from "node:http";
import { percentiles } from "./peers/percentiles.ts";

const took: number[] = [];
const url = new URL("/health/live", process.argv[2]);
const timer = setInterval(() => {
  const startMs = performance.now();
  request(url, { agent: false }, (answer) => {
    answer.resume().once("end", () => took.push(performance.now() - startMs));
  })
    .once("error", () => took.push(Infinity))
    .end();
}, 50);
process.stdin.resume().once("end", () => {
  clearInterval(timer);
  process.stdout.write(JSON.stringify(percentiles(took)));
});
