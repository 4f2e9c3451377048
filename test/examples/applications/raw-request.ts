import { connect } from 'net';

/** The first line of the answer to a request target that is sent as it is written; `http.request` and `fetch` would mend or refuse it. */
export function statusLine(port: number, target: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(`GET ${target} HTTP/1.1\r\nHost: service\r\nConnection: close\r\n\r\n`));
    socket.setTimeout(5000, () => socket.destroy(new Error(`no answer to ${target}`)));
    socket.on('data', (data) => { text += data; });
    socket.once('error', reject);
    socket.once('close', () => resolve(text.split('\r\n')[0]));
  });
}
