/** What the worker says of one picture; a failure is its last word. */
export type Reading = { text: string | null } | { failure: string };
