// The loop that looks through the camera some ten times a second, one picture at a time.
import { decoder } from './decoder';

const PAUSE_MS = 90;
const AFTER_FAILURE_MS = 3000;

interface Listener {
  /** `seenAt`: when the picture with the code was taken. */
  found: (code: string, seenAt: number) => void;
  ready: () => void;
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function look(video: HTMLVideoElement, { found, ready }: Listener): Promise<number> {
  try {
    const decode = await decoder();
    ready();
    const shows =
      video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && document.visibilityState === 'visible';
    const seenAt = performance.now();
    const code = shows ? await decode(video) : null;
    if (code) found(code, seenAt);
    return PAUSE_MS;
  } catch {
    // The reader did not load, or the picture went away in the middle of it: both mend themselves.
    return AFTER_FAILURE_MS;
  }
}

/** Report every code that comes before the camera in `video`. Gives the function that stops it. */
export function readCodes(video: HTMLVideoElement, listener: Listener): () => void {
  let running = true;
  void (async () => {
    while (running) await pause(await look(video, listener));
  })();
  return () => {
    running = false;
  };
}
