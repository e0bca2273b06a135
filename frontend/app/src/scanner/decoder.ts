// From a camera picture to the text of a QR code: the phone's own reader where it has one, else ours.
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';

import workerUrl from './decoder.worker.ts?worker&url';
import type { Reading } from './reading';

/** Reads one picture; null when there is no code in it. */
export type Decode = (video: HTMLVideoElement) => Promise<string | null>;

interface NativeDetector {
  detect(source: CanvasImageSource): Promise<{ rawValue: string }[]>;
}
interface NativeDetectorClass {
  new (options: { formats: string[] }): NativeDetector;
  getSupportedFormats(): Promise<string[]>;
}

/** The longest side that the reader gets to see: enough for a code at arm's length, quick on an old phone. */
const LONGEST_SIDE = 720;

async function nativeDecode(): Promise<Decode | null> {
  const Detector = (globalThis as { BarcodeDetector?: NativeDetectorClass }).BarcodeDetector;
  if (!Detector || !(await Detector.getSupportedFormats()).includes('qr_code')) return null;
  const detector = new Detector({ formats: ['qr_code'] });
  return async (video) => (await detector.detect(video))[0]?.rawValue ?? null;
}

function picture(video: HTMLVideoElement, canvas: HTMLCanvasElement): ImageData | null {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(video.videoWidth, video.videoHeight));
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context || !canvas.width || !canvas.height) return null;
  context.drawImage(video, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

/** At its first opening the app was not yet the service worker's: let that see the reader's files, and keep them. */
async function keepReader(): Promise<void> {
  if (!import.meta.env.PROD || !navigator.serviceWorker) return;
  if (!navigator.serviceWorker.controller) {
    await new Promise((resolve) =>
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
    );
  }
  await Promise.all([workerUrl, wasmUrl].map((url) => fetch(url))).catch(() => undefined);
}

/** A built file, by way of the service worker: it is there without a network, too. */
async function file(url: string): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  return response;
}

/** A worker's own script lies outside of what our service worker rules: the page fetches it, and starts the copy. */
async function startWorker(): Promise<Worker> {
  if (!import.meta.env.PROD) return new Worker(workerUrl, { type: 'module' });
  const copy = URL.createObjectURL(await (await file(workerUrl)).blob());
  return new Worker(copy, { type: 'module' });
}

/** Our own reader, in a worker so that the picture never stutters. Resolves when it is loaded. */
async function bundledDecode(): Promise<Decode> {
  const [worker, wasm] = await Promise.all([
    startWorker(),
    file(wasmUrl).then((response) => response.arrayBuffer()),
  ]);
  const canvas = document.createElement('canvas');
  const text = () =>
    new Promise<string | null>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Reading>) =>
        'failure' in data ? reject(new Error(data.failure)) : resolve(data.text);
      worker.onerror = ({ message }) => reject(new Error(message));
    });
  const stands = text();
  worker.postMessage(wasm, [wasm]);
  await stands;
  void keepReader();
  return async (video) => {
    const image = picture(video, canvas);
    if (!image) return null;
    const answer = text();
    worker.postMessage(image, [image.data.buffer]);
    return await answer;
  };
}

let ready: Promise<Decode> | null = null;

/** The reader of this phone, made once. A reader that failed to load is tried again at the next call. */
export function decoder(): Promise<Decode> {
  ready ??= nativeDecode()
    .then((native) => native ?? bundledDecode())
    .catch((error: unknown) => {
      ready = null;
      throw error;
    });
  return ready;
}
