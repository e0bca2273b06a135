// Keeps the app's shell on the phone. It answers for the shell and for our own built files, and for nothing else:
// GraphQL always goes to the server, so no guest's name is ever stored here.
/// <reference lib="webworker" />
interface PrecacheEntry {
  url: string;
  revision: string | null;
}

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: PrecacheEntry[] };

const SHELL = '/soat-ve/';
const BUILT = '/static/app/';
const entries = self.__WB_MANIFEST;
// Vite's plugin names the built files from their own folder.
const kept = new Set(entries.map(({ url }) => new URL(url, self.location.origin + BUILT).pathname));

/** A name that changes with any file, so that two versions never mix. */
const CACHE = `door-${entries
  .map(({ url, revision }) => `${url}${revision ?? ''}`)
  .reduce(mix, 5381)
  .toString(36)}`;

function mix(sum: number, text: string): number {
  for (const letter of text) sum = (Math.imul(sum, 33) ^ letter.charCodeAt(0)) >>> 0;
  return sum;
}

async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll([...kept].map((url) => new Request(url, { cache: 'reload' })));
}

async function tidy(): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith('door-') && name !== CACHE) await caches.delete(name);
  }
  await self.clients.claim();
}

/** From the phone, else from the server; what the server gave is kept, as its name holds its hash. */
async function fromPhone(request: Request, key: string): Promise<Response> {
  const cache = await caches.open(CACHE);
  const stored = await cache.match(key);
  if (stored) return stored;
  const fresh = await fetch(request);
  if (fresh.ok) await cache.put(key, fresh.clone());
  return fresh;
}

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(tidy()));
self.addEventListener('message', ({ data }) => {
  if (data === 'take over') void self.skipWaiting();
});
self.addEventListener('fetch', (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method !== 'GET' || origin !== self.location.origin) return;
  if (event.request.mode === 'navigate' && pathname === SHELL)
    event.respondWith(fromPhone(event.request, SHELL));
  else if (pathname.startsWith(BUILT)) event.respondWith(fromPhone(event.request, pathname));
});
