/* Runs before the first paint, so a remembered theme never flashes. Kept apart from main.ts because it
   blocks rendering and must stay tiny; a file of its own because the CSP allows no inline script. */
(() => {
  try {
    const chosen = localStorage.getItem('theme');
    if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
  } catch {
    /* storage blocked: the system's theme stays */
  }
})();
