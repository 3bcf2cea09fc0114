import type { IncomingMessage, ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { webdavListener } from '../../lab4/webdav-server.ts';
import { openRemote } from '../../src/versioning/remote/open-remote.ts';
import type { Remote, RemoteSettings } from '../../src/versioning/remote/remote.ts';
import { httpServer } from './http-server.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Answers a request in the server's place and returns true, or returns false and leaves it to the server. */
export type Fault = (request: IncomingMessage, response: ServerResponse) => boolean;

/** A WebDAV server for one test, and a remote on it. */
export interface TestWebdav {
  readonly remote: Remote;
  /** `webdav://127.0.0.1:PORT` */
  readonly url: string;
  /** The folder with the server's files. */
  readonly root: string;
  /** The requests that came, `PUT /store/files/…`. */
  readonly requests: string[];
}

/** The only account of the servers here. */
export const account = { user: 'lab', password: 'correct horse' };

/** Starts a server and opens a remote at its folder `store`; requests go through `fault` first. */
export async function webdav(fault: Fault = () => false, settings: Partial<RemoteSettings> = {}): Promise<TestWebdav> {
  const root = temporaryFolder();
  const requests: string[] = [];
  const serve = webdavListener({ root, ...account });
  const http = await httpServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    if (!fault(request, response)) serve(request, response);
  });
  const url = http.replace('http:', 'webdav:');
  const remote = await openRemote('storage', { url: `${url}/store`, ...account, ...settings }, {});
  onTestFinished(() => remote.close());
  return { remote, url, root, requests };
}

/** Returns a fault that shows itself at the first `times` requests of a method, about a path if one is given. */
export function first(times: number, method: string, fault: (response: ServerResponse) => void, path = ''): Fault {
  let left = times;
  return (request, response) => {
    if (left === 0 || request.method !== method || !(request.url ?? '').includes(path)) return false;
    left--;
    request.resume();
    fault(response);
    return true;
  };
}
