/* Passkeys: between a form of the page and the device's own dialogue. Options come as JSON with the binary parts in
   base64url, and so does the answer go back (the WebAuthn Level 3 JSON forms, which older browsers do not make). */
type Json = Record<string, unknown>;
type Descriptor = { id: string } & Json;

const bytes = (text: string): ArrayBuffer =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0)).buffer;

const text = (buffer: ArrayBuffer | null): string | null =>
  buffer &&
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

const read = (descriptors: Descriptor[] = []): unknown[] => descriptors.map((one) => ({ ...one, id: bytes(one.id) }));

async function make(options: any): Promise<Json> {
  const { challenge, user, excludeCredentials, ...rest } = options.publicKey;
  const publicKey = {
    ...rest,
    challenge: bytes(challenge),
    user: { ...user, id: bytes(user.id) },
    excludeCredentials: read(excludeCredentials),
  };
  const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  return answer(made, { attestationObject: text(response.attestationObject), transports: response.getTransports?.() ?? [] });
}

async function show(options: any): Promise<Json> {
  const { challenge, allowCredentials, ...rest } = options.publicKey;
  const publicKey = { ...rest, challenge: bytes(challenge), allowCredentials: read(allowCredentials) };
  const shown = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  const response = shown.response as AuthenticatorAssertionResponse;
  return answer(shown, {
    authenticatorData: text(response.authenticatorData),
    signature: text(response.signature),
    userHandle: text(response.userHandle),
  });
}

function answer(credential: PublicKeyCredential, response: Json): Json {
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { clientDataJSON: text(credential.response.clientDataJSON), ...response },
  };
}

/* A page that is about to change the account carries its options; the login page asks for them when they are wanted,
   so that nobody who comes by password leaves a challenge behind. */
async function optionsOf(form: HTMLFormElement): Promise<unknown> {
  const carried = form.querySelector('#passkey-options')?.textContent;
  if (carried) return JSON.parse(carried);
  const response = await fetch(form.action, { headers: { Accept: 'application/json' } });
  return ((await response.json()) as { request_options: unknown }).request_options;
}

async function send(form: HTMLFormElement): Promise<void> {
  const trouble = form.querySelector<HTMLElement>('[data-passkey-trouble]');
  const credential = form.querySelector<HTMLInputElement>('[name=credential]');
  if (!credential) return;
  trouble?.setAttribute('hidden', '');
  try {
    const options = await optionsOf(form);
    credential.value = JSON.stringify(await (form.dataset.passkey === 'add' ? make : show)(options));
    form.submit();
  } catch {
    trouble?.removeAttribute('hidden');
  }
}

export function offerPasskeys(forms: NodeListOf<HTMLFormElement>): void {
  if (!window.PublicKeyCredential) return;
  for (const form of forms) {
    form.hidden = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void send(form);
    });
  }
}
