// One operation to /graphql and back: as a person by cookie or as an enrolled phone by its token, in the reader's
// language, with three ways to fail.
import type { TypedDocumentString } from '../generated/operations';
import { hearTime } from '../sync/clock';
import { link } from '../sync/link.svelte';

/** The server did not answer: no network, too slow, or itself in trouble. Trying again is right. */
export class Unreachable extends Error {}

/** Nobody is logged in any more, or the phone was revoked. */
export class SignedOut extends Error {}

/** The server understood and will not do it; `message` is already in the reader's language. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

interface Envelope<Result> {
  data?: Result | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

export const PATIENCE_MS = 8000;

let token: string | null = null;

/** Speak as the enrolled phone that holds `held`; null: as the person who is logged in. */
export function identify(held: string | null): void {
  token = held;
}

function headers(language: string): Record<string, string> {
  const common = { 'Content-Type': 'application/json', Accept: 'application/json', 'Accept-Language': language };
  return token ? { ...common, 'X-Device-Token': token } : common;
}

/** The answer's envelope, within `patience` milliseconds, body included: bad Wi-Fi stops in the middle, too. */
async function post<Result>(body: string, language: string, patience: number): Promise<Envelope<Result>> {
  // AbortSignal.timeout is younger than the phones at the door.
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), patience);
  const started = performance.now();
  try {
    const credentials = token ? 'omit' : 'same-origin';
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: headers(language),
      credentials,
      body,
      signal: giveUp.signal,
    });
    if (response.status >= 500 || response.status === 429) throw new Error(`HTTP ${response.status}`);
    // A captive portal or a proxy's error page is no JSON: whatever it is, it is not our server's answer.
    const answer = (await response.json()) as Envelope<Result>;
    link.heard(performance.now() - started);
    hearTime(response.headers.get('Date'));
    return answer;
  } catch (error) {
    link.missed();
    throw new Unreachable(String(error));
  } finally {
    clearTimeout(timer);
  }
}

/** Send `document`; gives its data. Throws Unreachable (also after `patience` milliseconds), SignedOut or Refused. */
export async function request<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  language: string,
  patience = PATIENCE_MS,
): Promise<Result> {
  const body = JSON.stringify({ query: document.toString(), variables });
  const { data, errors } = await post<Result>(body, language, patience);
  const [problem] = errors ?? [];
  if (problem) {
    const code = problem.extensions?.code ?? '';
    if (code.toUpperCase() === 'UNAUTHENTICATED') throw new SignedOut();
    throw new Refused(code, problem.message);
  }
  if (!data) throw new Unreachable('an answer without data');
  return data;
}
