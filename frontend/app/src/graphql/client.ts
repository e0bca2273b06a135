// One operation to /graphql and back: same-origin cookies, the reader's language, three ways to fail.
import type { TypedDocumentString } from '../generated/operations';

/** The server did not answer: no network, too slow, or itself in trouble. Trying again is right. */
export class Unreachable extends Error {}

/** Nobody is logged in any more. */
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

const PATIENCE_MS = 8000;

async function post(body: string, language: string): Promise<Response> {
  // AbortSignal.timeout is younger than the phones at the door.
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    return await fetch('/graphql', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Accept: 'application/json',
        'Accept-Language': language,
      },
      credentials: 'same-origin',
      body,
      signal: patience.signal,
    });
  } catch (error) {
    throw new Unreachable(String(error));
  } finally {
    clearTimeout(timer);
  }
}

async function envelope<Result>(response: Response): Promise<Envelope<Result>> {
  try {
    return (await response.json()) as Envelope<Result>;
  } catch (error) {
    // A captive portal or a proxy's error page: whatever it is, it is not our server's answer.
    throw new Unreachable(String(error));
  }
}

/** Send `document`; gives its data. Throws Unreachable, SignedOut or Refused. */
export async function request<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  language: string,
): Promise<Result> {
  const response = await post(JSON.stringify({ query: document.toString(), variables }), language);
  if (response.status >= 500 || response.status === 429) throw new Unreachable(`HTTP ${response.status}`);
  if (response.status === 401) throw new SignedOut();
  const { data, errors } = await envelope<Result>(response);
  const [problem] = errors ?? [];
  if (problem) {
    const code = problem.extensions?.code ?? '';
    if (code.toUpperCase() === 'UNAUTHENTICATED') throw new SignedOut();
    throw new Refused(code, problem.message);
  }
  if (!data) throw new Unreachable(`HTTP ${response.status} without data`);
  return data;
}
