/* The button that turns the lamp on and off. It is hidden until this script runs. */
const root = document.documentElement;
const system = matchMedia('(prefers-color-scheme: dark)');

const isDark = (): boolean => (root.dataset.theme ? root.dataset.theme === 'dark' : system.matches);

function show(buttons: NodeListOf<HTMLButtonElement>): void {
  for (const button of buttons) {
    button.hidden = false;
    button.setAttribute('aria-pressed', String(isDark()));
  }
}

export function rememberTheme(): void {
  const buttons = document.querySelectorAll<HTMLButtonElement>('[data-theme-toggle]');
  show(buttons);
  system.addEventListener('change', () => show(buttons));
  for (const button of buttons) {
    button.addEventListener('click', () => {
      root.dataset.theme = isDark() ? 'light' : 'dark';
      try {
        localStorage.setItem('theme', root.dataset.theme);
      } catch {
        /* storage blocked: the choice lasts for this page */
      }
      show(buttons);
    });
  }
}
