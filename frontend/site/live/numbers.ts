/* Numbers that roll when they change, in the page's language. */
const format = new Intl.NumberFormat(document.documentElement.lang);

export const said = (value: number): string => format.format(value);

export function roll(place: HTMLElement, words: string): void {
  if (place.textContent === words) return;
  place.textContent = words;
  place.classList.remove('number-rolls');
  void place.offsetWidth; // lets the same movement start again
  place.classList.add('number-rolls');
}
