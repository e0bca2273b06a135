/* GraphQL by socket and by POST, for the two things of the site that live: counters and the board. */
import { createClient, type Client } from 'graphql-ws';

const SOCKET_MS = 5_000;

export type Told<T> = { data?: T | null; errors?: readonly { message: string }[] };

/** One socket for the page. It gives up at once when cut: `follow` decides when to try again. */
let shared: Client | undefined;
const watchers = new Set<(isOpen: boolean) => void>();
const tell = (isOpen: boolean) => () => watchers.forEach((watcher) => watcher(isOpen));

function client(): Client {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  shared ??= createClient({
    url: `${scheme}://${location.host}/graphql/ws`,
    retryAttempts: 0,
    connectionAckWaitTimeout: SOCKET_MS,
    keepAlive: 15_000,
    on: { connected: tell(true), closed: tell(false) },
  });
  return shared;
}

export async function ask<T>(query: string, variables: Record<string, unknown>): Promise<T> {
  const answer = await fetch('/graphql', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const told = (await answer.json()) as Told<T>;
  if (!told.data) throw new Error(told.errors?.[0]?.message ?? `HTTP ${answer.status}`);
  return told.data;
}

export function listen<T extends Record<string, unknown>>(query: string, variables: Record<string, unknown>) {
  return client().iterate<T>({ query, variables });
}

/** Be told when the socket opens and closes. A stream that has nothing new to say is open all the same. */
export function watchSocket(watcher: (isOpen: boolean) => void): void {
  watchers.add(watcher);
}
