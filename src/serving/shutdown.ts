import type { Server } from 'node:http';

/**
 * Closes a server: it takes no more connections, answers what has begun, and ends what is left after `timeoutMs`.
 * `close` is what stops it from listening, and resolves when the last connection has ended.
 */
export async function closeGracefully(server: Server, close: () => Promise<void>, timeoutMs: number): Promise<void> {
  // A connection that becomes idle after its last answer would else stay open as long as its client likes.
  const reaper = setInterval(() => server.closeIdleConnections(), 50);
  const deadline = setTimeout(() => server.closeAllConnections(), timeoutMs);
  try {
    await close();
  } finally {
    clearInterval(reaper);
    clearTimeout(deadline);
  }
}
