/* Passing a page on: the phone's own sheet where there is one, else its address into the clipboard. No third party. */
async function pass(button: HTMLButtonElement): Promise<void> {
  // A list is its filters: its address as it stands. Anything else is known by its canonical address.
  const canonical = document.querySelector<HTMLLinkElement>('link[rel=canonical]');
  const url = 'shareHere' in button.dataset ? location.href : canonical?.href ?? location.href;
  if (navigator.share && matchMedia('(pointer: coarse)').matches) {
    await navigator.share({ title: button.dataset.share, url }).catch(() => undefined);
    return;
  }
  await navigator.clipboard.writeText(url);
  const words = button.querySelector('[data-share-words]') ?? button;
  words.textContent = button.dataset.shared ?? '';
}

export function offerSharing(): void {
  if (!navigator.share && !navigator.clipboard) return;
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-share]')) {
    button.hidden = false;
    button.addEventListener('click', () => void pass(button));
  }
}
