/* The square of a portrait or logo: dragged, moved by arrow keys, drawn closer by a slider. Without it the server takes
   the middle. The picture is read here only to be shown; the server cuts it anew. */

export function followCrop(part: HTMLElement): void {
  const file = part.querySelector<HTMLInputElement>('[data-crop-file]')!;
  const canvas = part.querySelector<HTMLCanvasElement>('[data-crop-canvas]')!;
  const tools = part.querySelector<HTMLElement>('[data-crop-tools]')!;
  const zoom = part.querySelector<HTMLInputElement>('[data-crop-zoom]')!;
  const written = (name: string): HTMLInputElement => part.querySelector<HTMLInputElement>(`[name="crop_${name}"]`)!;
  const pen = canvas.getContext('2d');
  let picture: ImageBitmap | null = null;
  let [x, y, size] = [0, 0, 0];

  const between = (value: number, most: number): number => Math.round(Math.min(Math.max(value, 0), Math.max(most, 0)));

  function draw(): void {
    if (!picture || !pen) return;
    x = between(x, picture.width - size);
    y = between(y, picture.height - size);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, x, y, size, size, 0, 0, canvas.width, canvas.height);
    written('x').value = String(x);
    written('y').value = String(y);
    written('size').value = String(size);
  }

  /** Closer, around the middle of the square. */
  function closer(): void {
    if (!picture) return;
    const whole = Math.min(picture.width, picture.height);
    const next = Math.max(16, Math.round(whole * (1 - (Number(zoom.value) / 100) * 0.8)));
    x += (size - next) / 2;
    y += (size - next) / 2;
    size = Math.min(next, whole);
    draw();
  }

  file.addEventListener('change', async () => {
    const given = file.files?.[0];
    picture?.close();
    picture = given ? await createImageBitmap(given, { imageOrientation: 'from-image' }).catch(() => null) : null;
    const now = canvas.parentElement!.querySelectorAll<HTMLElement>(':scope > :not(canvas)');
    for (const other of now) other.hidden = picture !== null;
    canvas.hidden = tools.hidden = picture === null;
    for (const name of ['x', 'y', 'size']) written(name).value = '';
    if (!picture) return;
    size = Math.min(picture.width, picture.height);
    [x, y] = [(picture.width - size) / 2, (picture.height - size) / 3];
    zoom.value = '0';
    draw();
  });
  zoom.addEventListener('input', closer);

  canvas.addEventListener('pointerdown', (event) => canvas.setPointerCapture(event.pointerId));
  canvas.addEventListener('pointermove', (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    const scale = size / canvas.clientWidth;
    x -= event.movementX * scale;
    y -= event.movementY * scale;
    draw();
  });
  canvas.addEventListener('keydown', (event) => {
    const step = size / 20;
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [-step, 0],
      ArrowRight: [step, 0],
      ArrowUp: [0, -step],
      ArrowDown: [0, step],
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    x += move[0];
    y += move[1];
    draw();
  });
}
