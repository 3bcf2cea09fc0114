import { type RequestListener, type Server, createServer } from 'node:http';
import { onTestFinished } from 'vitest';

/** Starts a server on a port of the system's choice and returns its URL; it ends, with its connections, when the test does. */
export async function httpServer(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return listening(server);
}

/** Returns the URL of a port where nobody listens, so that a connection is refused at once. */
export async function refusingUrl(): Promise<string> {
  const server = createServer();
  const url = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  return url;
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return `http://127.0.0.1:${address.port}`;
}
