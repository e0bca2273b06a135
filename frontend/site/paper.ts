/* Small comforts of a ticket: print it, copy what a bank asks for. Their buttons are hidden until this runs. */
async function copy(button: HTMLButtonElement): Promise<void> {
  await navigator.clipboard.writeText(button.dataset.copy ?? '');
  const words = button.querySelector('[data-copy-words]');
  if (!words) return;
  const before = words.textContent;
  words.textContent = button.dataset.copied ?? '';
  setTimeout(() => (words.textContent = before), 2000);
}

export function offerPaper(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => print());
  }
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
    button.hidden = false;
    button.addEventListener('click', () => void copy(button));
  }
}
