/* Keeps a reader's tickets for the door of a hall without a network. Its scope is the folder of the tickets alone; the
   scanner at /soat-ve/ has a worker and caches of its own. Imports nothing: browsers start it as a plain script. */
/// <reference lib="webworker" />
const worker = self as unknown as ServiceWorkerGlobalScope;

/** A cache a reader; what tells readers apart comes with each page that may be kept (frontend/offline.py). */
const PREFIX = 'tickets-';
const OWNER = 'Kept-For';
/** How long a network that is there but does not answer is waited for, when the page is at hand. */
const PATIENCE = 4000;
const ANY = { ignoreVary: true };

async function mine(): Promise<Cache[]> {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  return Promise.all(names.map((name) => caches.open(name)));
}

async function find(url: string): Promise<Response | undefined> {
  for (const cache of await mine()) {
    const kept = await cache.match(url, ANY);
    if (kept) return kept;
  }
  return undefined;
}

async function drop(url: string): Promise<void> {
  await Promise.all((await mine()).map((cache) => cache.delete(url, ANY)));
}

async function openFor(owner: string): Promise<Cache> {
  const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== PREFIX + owner);
  await Promise.all(others.map((name) => caches.delete(name)));
  return caches.open(PREFIX + owner);
}

/** What a page, a style sheet or a script needs to be drawn: built files, fonts, icons, covers. */
function needed(text: string, base: string): string[] {
  const found = [
    ...text.matchAll(/(?:src|href)="(\/(?:static|covers)\/[^"#]+)/g),
    ...text.matchAll(/url\(["']?((?!data:)[^"')#]+)/g),
    ...text.matchAll(/(?:from|import)\s*["'](\.\/[^"']+\.js)["']/g),
  ].map(([, address]) => new URL(address.replaceAll('&amp;', '&'), base));
  return [...new Set(found.filter((url) => url.origin === location.origin).map((url) => url.href))];
}

async function keepPart(cache: Cache, url: string): Promise<void> {
  // Built files carry a hash in their names, covers are drawn from theirs: what is there is right.
  if (await cache.match(url, ANY)) return;
  const response = await fetch(url);
  if (!response.ok) return;
  await cache.put(url, response.clone());
  if (/\.(css|js)$/.test(new URL(url).pathname)) {
    const deeper = needed(await response.text(), url);
    await Promise.all(deeper.map((part) => keepPart(cache, part).catch(() => undefined)));
  }
}

/** Keep a page that may be kept; forget one that is no longer the reader's, such as a ticket handed on. */
async function keep(url: string, response: Response): Promise<void> {
  const owner = response.headers.get(OWNER);
  if (response.status === 404) await drop(url);
  if (!owner || !response.ok || response.redirected) return;
  const cache = await openFor(owner);
  const parts = needed(await response.clone().text(), url);
  await Promise.all(parts.map((part) => keepPart(cache, part).catch(() => undefined)));
  await cache.put(url, response);
}

/** The kept page says so: its note is shown where `data-served` stands (css/standing.css). */
async function fromKept(kept: Response): Promise<Response> {
  const headers = new Headers(kept.headers);
  headers.delete('Content-Encoding');
  headers.delete('Content-Length');
  const text = (await kept.text()).replace('<body ', '<body data-served="kept" ');
  return new Response(text, { headers });
}

async function page(event: FetchEvent): Promise<Response> {
  const url = event.request.url.replace(/#.*$/, '');
  const kept = await find(url);
  const fresh = fetch(event.request).then((response) => {
    event.waitUntil(keep(url, response.clone()).catch(() => undefined));
    return response.status >= 500 && kept ? fromKept(kept) : response;
  });
  if (!kept) return fresh.catch(async (error: unknown) => elsewhere(url, error));
  const late = new Promise<Response>((answer) => setTimeout(() => answer(fromKept(kept.clone())), PATIENCE));
  return Promise.race([fresh, late]).catch(() => fromKept(kept));
}

/** Without a network and without the page: the list of tickets, if it is there. */
async function elsewhere(url: string, error: unknown): Promise<Response> {
  const list = worker.registration.scope;
  if (url !== list && (await find(list))) return Response.redirect(list);
  throw error;
}

worker.addEventListener('install', () => void worker.skipWaiting());
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener('message', (event) => {
  const urls = (event.data as { keep?: string[] }).keep ?? [];
  const fetched = urls.map(async (url) => keep(url, await fetch(url)));
  event.waitUntil(Promise.allSettled(fetched));
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (request.mode === 'navigate') event.respondWith(page(event));
  else if (/^\/(static|covers)\//.test(url.pathname)) {
    url.hash = '';
    event.respondWith(find(url.href).then((kept) => kept ?? fetch(request)));
  }
});
