import { createServer, type AddressInfo, type Server, type Socket } from 'net';

/** What a database looks like that accepts connections and never says a word. */
export async function silentServer(): Promise<{ readonly port: number; close(): void }> {
  const sockets: Socket[] = [];
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined);
    sockets.push(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      sockets.forEach((socket) => socket.destroy());
      server.close();
    },
  };
}
