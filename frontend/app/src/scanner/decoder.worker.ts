// ZXing in a worker, with the wasm file that we ship: its default would be fetched from another host.
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';

import type { Reading } from './reading';

declare const self: DedicatedWorkerGlobalScope;

function answer(reading: Reading): void {
  self.postMessage(reading);
}

async function read(image: ImageData): Promise<Reading> {
  const [found] = await readBarcodes(image, { formats: ['QRCode'], maxNumberOfSymbols: 1, tryHarder: true });
  return { text: found?.isValid ? found.text : null };
}

self.onmessage = async ({ data }: MessageEvent<ImageData>) => answer(await read(data));

// The first message says that the reader stands, or why not.
prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true }).then(
  () => answer({ text: null }),
  (error: unknown) => answer({ failure: String(error) }),
);
