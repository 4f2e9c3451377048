import { createServer } from 'node:http';
import { hostname } from 'node:os';

const service = process.env.SERVICE ?? 'web';
const port = Number(process.env.PORT ?? 8080);

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://service');
  // The load balancer asks here: nothing but this process may decide about the answer.
  if (url.pathname === '/health') {
    answer(response, 200, { status: 'ok' });
  } else if (url.pathname.endsWith('/work')) {
    answer(response, 200, { service, worked: work(milliseconds(url)) });
  } else {
    answer(response, 200, { service, host: hostname(), path: url.pathname });
  }
});

/** Keeps the CPU busy, so that a person can watch the service grow. */
function work(duration) {
  const end = Date.now() + duration;
  let rounds = 0;
  while (Date.now() < end) rounds += 1;
  return { milliseconds: duration, rounds };
}

function milliseconds(url) {
  const asked = Number(url.searchParams.get('ms') ?? 100);
  return Number.isFinite(asked) ? Math.min(Math.max(asked, 0), 2000) : 100;
}

function answer(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(`${JSON.stringify(body)}\n`);
}

// Longer than the 60 s of the load balancer: whoever closes first must be the load balancer, or visitors get 502.
server.keepAliveTimeout = 65_000;
server.headersTimeout = 70_000;
server.listen(port, () => console.log(`${service} listens on ${server.address().port}`));

// ECS says SIGTERM once the load balancer sends no more requests: finish what is under way.
process.on('SIGTERM', () => {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
});
