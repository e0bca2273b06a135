// The service worker lets the app open without a network. A newer app takes over only when it is opened.

/** Register the worker; when a newer one waits at this opening, let it in and start again with it. */
export async function keepInstalled(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  try {
    const registration = await navigator.serviceWorker.register('/soat-ve/sw.js', { scope: '/soat-ve/' });
    if (!registration.waiting || !navigator.serviceWorker.controller) return;
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    registration.waiting.postMessage('take over');
  } catch {
    // Without it (private browsing, no https) the app works, but only with a network.
  }
}
