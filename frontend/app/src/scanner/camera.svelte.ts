// The phone's camera: opening, switching, light. What goes wrong is a state that the screen can word.
import { recall, remember } from '../door/memory';

export type CameraState = 'starting' | 'running' | 'refused' | 'missing' | 'failed' | 'closed';

interface TorchTrack extends MediaStreamTrack {
  getCapabilities(): MediaTrackCapabilities & { torch?: boolean };
}

function stateAfter(error: unknown): CameraState {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing';
  return 'failed';
}

export class Camera {
  state = $state<CameraState>('closed');
  canSwitch = $state(false);
  hasTorch = $state(false);
  torchIsOn = $state(false);

  #stream: MediaStream | null = null;
  #deviceIds: string[] = [];

  /** Show the camera in `video`: the one last chosen, else the one at the back. */
  async open(video: HTMLVideoElement): Promise<void> {
    this.close();
    this.state = 'starting';
    if (!navigator.mediaDevices?.getUserMedia) {
      this.state = 'missing';
      return;
    }
    try {
      this.#stream = await this.#request(recall('camera'));
      video.srcObject = this.#stream;
      await video.play();
      this.state = 'running';
      await this.#explore();
    } catch (error) {
      this.close();
      this.state = stateAfter(error);
    }
  }

  /** Let the camera go: its light goes out, other apps may have it. */
  close(): void {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
    this.hasTorch = this.torchIsOn = false;
    this.state = 'closed';
  }

  /** Go on with the phone's next camera, and remember it. */
  async switch(video: HTMLVideoElement): Promise<void> {
    const current = this.#track?.getSettings().deviceId ?? '';
    const next = this.#deviceIds[(this.#deviceIds.indexOf(current) + 1) % this.#deviceIds.length];
    if (next) remember('camera', next);
    await this.open(video);
  }

  async toggleTorch(): Promise<void> {
    const torch = !this.torchIsOn;
    // `torch` is a real constraint on phones that TypeScript's list does not know.
    await this.#track?.applyConstraints({ advanced: [{ torch } as MediaTrackConstraintSet] });
    this.torchIsOn = torch;
  }

  get #track(): MediaStreamTrack | undefined {
    return this.#stream?.getVideoTracks()[0];
  }

  #request(deviceId: string | null): Promise<MediaStream> {
    const chosen: MediaTrackConstraints = deviceId
      ? { deviceId: { ideal: deviceId } }
      : { facingMode: { ideal: 'environment' } };
    const size = { width: { ideal: 1280 }, height: { ideal: 720 } };
    return navigator.mediaDevices.getUserMedia({ audio: false, video: { ...chosen, ...size } });
  }

  async #explore(): Promise<void> {
    const devices = await navigator.mediaDevices.enumerateDevices();
    this.#deviceIds = devices.filter(({ kind }) => kind === 'videoinput').map(({ deviceId }) => deviceId);
    this.canSwitch = this.#deviceIds.length > 1;
    const track = this.#track as TorchTrack | undefined;
    this.hasTorch = Boolean(track?.getCapabilities?.().torch);
  }
}
