import { createServer, type AddressInfo } from 'net';

/** A port of loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Waits until something holds; gives up when it takes too long, or when it is hopeless. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  milliseconds: number,
  complaint: () => string,
  hopeless: () => boolean = () => false,
): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!await holds()) {
    if (Date.now() > end || hopeless()) throw new Error(complaint());
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
