// A handheld scanner is a keyboard that types a whole code in a blink and presses Enter.

/** Slower than any scanner, faster than any finger. */
const GAP_MS = 100;
const SHORTEST_CODE = 6;

/** Call `found` with each code that a handheld scanner types anywhere on the page. Gives the function that stops it. */
export function listenForScanner(found: (code: string) => void): () => void {
  let typed = '';
  let last = 0;

  function onKey(event: KeyboardEvent): void {
    // In a field the letters are the field's own, and its form hears the Enter.
    const isField = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
    if (isField || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.timeStamp - last > GAP_MS) typed = '';
    last = event.timeStamp;
    if (event.key === 'Enter' && typed.length >= SHORTEST_CODE) {
      // The Enter belongs to the code: it must not also press the focused button.
      event.preventDefault();
      event.stopPropagation();
      found(typed);
      typed = '';
    } else if (event.key.length === 1) {
      typed += event.key;
    }
  }

  window.addEventListener('keydown', onKey, { capture: true });
  return () => window.removeEventListener('keydown', onKey, { capture: true });
}
