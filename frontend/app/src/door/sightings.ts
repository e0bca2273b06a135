// One ticket held before the camera is read many times a second, and must be redeemed once.

export const GONE_AFTER_MS = 2000;

export class Sightings {
  #code: string | null = null;
  #seenAt = 0;

  /** True when `code` has newly come into view; it is then the one in view. */
  arrives(code: string, now: number): boolean {
    const stays = this.staysInView(code, now);
    this.#code = code;
    this.#seenAt = now;
    return !stays;
  }

  /** Note that `code` is still before the camera, without taking up another one. */
  staysInView(code: string, now: number): boolean {
    const stays = code === this.#code && now - this.#seenAt < GONE_AFTER_MS;
    if (stays) this.#seenAt = now;
    return stays;
  }
}
