// ZXing in a worker, with the wasm that the app hands over: its default would be fetched from another host.
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

import type { Reading } from './reading';

declare const self: DedicatedWorkerGlobalScope;

function answer(reading: Reading): void {
  self.postMessage(reading);
}

async function read(image: ImageData): Promise<Reading> {
  const [found] = await readBarcodes(image, { formats: ['QRCode'], maxNumberOfSymbols: 1, tryHarder: true });
  return { text: found?.isValid ? found.text : null };
}

/** The answer to the wasm says that the reader stands, or why not. */
async function prepare(wasmBinary: ArrayBuffer): Promise<Reading> {
  try {
    await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
    return { text: null };
  } catch (error) {
    return { failure: String(error) };
  }
}

self.onmessage = async ({ data }: MessageEvent<ImageData | ArrayBuffer>) =>
  answer(data instanceof ArrayBuffer ? await prepare(data) : await read(data));
