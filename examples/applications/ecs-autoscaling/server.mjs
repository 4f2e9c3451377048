import { createServer } from 'node:http';
import { hostname } from 'node:os';
import { Labour } from './labour.mjs';

const service = process.env.SERVICE ?? 'web';
const port = Number(process.env.PORT ?? 8080);
const labour = new Labour();

const server = createServer((request, response) => {
  const url = target(request.url ?? '');
  if (url === undefined) {
    answer(response, 400, { error: 'the request target is neither a path nor an http URL' });
  } else if (url.pathname === '/health') {
    // The load balancer asks here: nothing but this process may decide about the answer.
    answer(response, 200, { status: 'ok' });
  } else if (url.pathname.endsWith('/work')) {
    work(response, milliseconds(url));
  } else {
    answer(response, 200, { service, host: hostname(), path: url.pathname });
  }
});

/** Undefined for what is no address: anybody may send `//` or `/%zz`, and an error that nobody catches ends the process for all others. */
function target(text) {
  const absolute = /^https?:\/\//i.test(text);
  if (!absolute && !/^\/(?!\/)/.test(text)) return undefined;
  try {
    const url = new URL(absolute ? text : `http://service${text}`);
    decodeURIComponent(url.pathname);
    return url;
  } catch {
    return undefined;
  }
}

/** Keeps the CPU busy, so that a person can watch the service grow; in a thread of its own, so that `/health` is answered meanwhile. */
function work(response, duration) {
  const visit = labour.ask(duration, (worked) => answer(response, 200, { service, worked }));
  if (visit === undefined) {
    answer(response, 503, { error: 'too much work is waiting, try again' }, { 'retry-after': '5' });
  } else {
    response.once('close', () => labour.forget(visit));
  }
}

function milliseconds(url) {
  const asked = Number(url.searchParams.get('ms') ?? 100);
  return Number.isFinite(asked) ? Math.min(Math.max(asked, 0), 2000) : 100;
}

function answer(response, status, body, headers = {}) {
  // A server that is to end takes no further request on a connection that is kept.
  const end = server.listening ? {} : { connection: 'close' };
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers, ...end });
  response.end(`${JSON.stringify(body)}\n`);
}

// Longer than the 60 s of the load balancer: whoever closes first must be the load balancer, or visitors get 502.
server.keepAliveTimeout = 65_000;
server.headersTimeout = 70_000;
server.listen(port, () => console.log(`${service} listens on ${server.address().port}`));

// ECS says SIGTERM once the load balancer sends no more requests, and SIGKILL 30 s later: finish what is under way, and no more.
process.on('SIGTERM', () => {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  setTimeout(() => process.exit(0), 25_000).unref();
});
