/* The page's side of tickets without a network: start the worker, name what it is to keep, forget when logged out. */

async function forget(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith('tickets-')).map((name) => caches.delete(name)));
}

async function start(note: HTMLElement): Promise<void> {
  const { worker = '', scope = '' } = note.dataset;
  // A page that the worker served is kept already; the first one came before it.
  const isFirst = !navigator.serviceWorker.controller;
  await navigator.serviceWorker.register(worker, { scope });
  const links = [...document.querySelectorAll<HTMLAnchorElement>('a[data-keep]')].map((link) => link.href);
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage({ keep: isFirst ? [location.href, ...links] : links });
}

export function keepTickets(): void {
  if (!('caches' in window) || !('serviceWorker' in navigator)) return;
  if (document.querySelector('[data-anonymous]')) void forget().catch(() => undefined);
  const note = document.querySelector<HTMLElement>('[data-offline-note]');
  if (!note) return;
  const { body } = document;
  if (!body.dataset.served) {
    addEventListener('offline', () => (body.dataset.served = 'kept'));
    addEventListener('online', () => delete body.dataset.served);
    void start(note).catch(() => undefined);
  }
}
