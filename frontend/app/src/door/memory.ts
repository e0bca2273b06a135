// What this phone remembers between two openings. No name of a guest is ever written here.

/** The value kept under `key`, or null; a phone that forbids storage simply forgets. */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`door.${key}`);
  } catch {
    return null;
  }
}

/** Keep `value` under `key`. */
export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`door.${key}`, value);
  } catch {
    // Private browsing: nothing to be done, and nothing that the volunteer needs to hear.
  }
}
