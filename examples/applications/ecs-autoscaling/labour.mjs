import { Worker } from 'node:worker_threads';

/** The load balancer gives up after 60 s: work that would wait longer is refused instead. */
const LONGEST_WAIT = 50_000;

const THREAD = `
const { parentPort } = require('node:worker_threads');
parentPort.on('message', (milliseconds) => {
  const end = Date.now() + milliseconds;
  let rounds = 0;
  while (Date.now() < end) rounds += 1;
  parentPort.postMessage({ milliseconds, rounds });
});
`;

/** Work for the CPU, done one after another in a single thread: more of them would only take turns, and take them from the server as well. */
export class Labour {
  #waiting = [];
  #current;
  #thread = new Worker(THREAD, { eval: true });

  constructor() {
    this.#thread.unref();
    this.#thread.on('message', (worked) => {
      const { done } = this.#current;
      this.#current = undefined;
      done(worked);
      this.#next();
    });
  }

  /** Calls `done` with what was worked. Returns undefined, and works nothing, when too much waits already. */
  ask(milliseconds, done) {
    const ahead = [this.#current, ...this.#waiting].reduce((sum, visit) => sum + (visit?.milliseconds ?? 0), 0);
    if (ahead + milliseconds > LONGEST_WAIT) return undefined;
    const visit = { milliseconds, done };
    this.#waiting.push(visit);
    this.#next();
    return visit;
  }

  /** Whoever is gone waits for nothing any more. */
  forget(visit) {
    this.#waiting = this.#waiting.filter((other) => other !== visit);
  }

  #next() {
    if (this.#current !== undefined) return;
    this.#current = this.#waiting.shift();
    if (this.#current !== undefined) this.#thread.postMessage(this.#current.milliseconds);
  }
}
