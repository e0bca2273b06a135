// The phone's own store. Names of guests live here and nowhere else on the phone, and `wipe` ends them.

export type StoreName = 'keys' | 'tickets' | 'queue';

let opened: Promise<IDBDatabase> | null = null;

function build(database: IDBDatabase): void {
  database.createObjectStore('keys');
  database.createObjectStore('tickets', { keyPath: 'id' });
  // Counts up: the queue is sent in the order in which it was written.
  database.createObjectStore('queue', { keyPath: 'order', autoIncrement: true });
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('door', 1);
    request.onupgradeneeded = () => build(request.result);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      // The system may close it to make room: the next use opens it again.
      request.result.onclose = () => (opened = null);
      resolve(request.result);
    };
  });
}

function database(): Promise<IDBDatabase> {
  opened ??= open().catch((error: unknown) => {
    opened = null;
    throw error;
  });
  return opened;
}

/** What `request` comes to. */
export function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Read from `store`. Rejects on a phone that forbids storage. */
export async function reading<T>(store: StoreName, act: (rows: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const transaction = (await database()).transaction(store, 'readonly');
  return await result(act(transaction.objectStore(store)));
}

/** Write, all or nothing. With `strict` it resolves only once the bytes lie on the phone's flash. */
export async function writing(
  stores: StoreName[],
  act: (transaction: IDBTransaction) => void,
  durability: 'strict' | 'relaxed' = 'relaxed',
): Promise<void> {
  const transaction = (await database()).transaction(stores, 'readwrite', { durability });
  const done = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
  act(transaction);
  await done;
}

/** The value kept under `key`; undefined if there is none, or the phone forbids storage. */
export async function kept<T>(key: string): Promise<T | undefined> {
  return (await reading('keys', (rows) => rows.get(key)).catch(() => undefined)) as T | undefined;
}

/** Keep `value` under `key`; undefined forgets it. A phone that forbids storage simply forgets. */
export async function keep(key: string, value: unknown): Promise<void> {
  await writing(['keys'], (transaction) => {
    const rows = transaction.objectStore('keys');
    if (value === undefined) rows.delete(key);
    else rows.put(value, key);
  }).catch(() => undefined);
}
