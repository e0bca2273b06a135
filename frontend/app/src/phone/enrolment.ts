// The code by which an organiser lets a phone in: https://…/soat-ve/#ghep=CODE, scanned by any camera.

const ADDRESS = /\/soat-ve\/#ghep=([\w.~-]+)$/;

/** The enrolment code in a scanned address; null if it is something else. */
export function codeIn(text: string): string | null {
  return ADDRESS.exec(text.trim())?.[1] ?? null;
}

/** The enrolment code by which the app was opened, taken out of the address: it is good for one phone only. */
export function takeCode(): string | null {
  const code = codeIn(`${location.pathname}${location.hash}`);
  if (location.hash.startsWith('#ghep=')) history.replaceState(null, '', location.pathname);
  return code;
}
