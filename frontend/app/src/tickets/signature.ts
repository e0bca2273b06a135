// Ed25519: the browser's own where it has it (2025's have), else ours, fetched only then.

type Bytes = Uint8Array<ArrayBuffer>;

/** Whether `signature` over `body` is the key's. */
export type Verify = (signature: Bytes, body: Bytes) => Promise<boolean>;

async function native(key: Bytes): Promise<Verify> {
  const imported = await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify']);
  return (signature, body) => crypto.subtle.verify('Ed25519', imported, signature, body);
}

async function bundled(key: Bytes): Promise<Verify> {
  const { verifyAsync } = await import('@noble/ed25519');
  return (signature, body) => verifyAsync(signature, body, key, { zip215: false });
}

function bytesOf(base64: string): Bytes {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** The check for codes signed by the owner of `publicKey` (base64 of its 32 bytes). */
export async function verifier(publicKey: string): Promise<Verify> {
  const key = bytesOf(publicKey);
  return await native(key).catch(() => bundled(key));
}
