// A job's page follows the work; once it is over the page is read anew, with the file and the report.
(() => {
  const box = document.querySelector('[data-job-state]');
  if (!box) return;
  const bar = box.querySelector('progress');
  const said = box.querySelector('[data-job-said]');
  let pause = 1500;

  const look = async () => {
    try {
      const answer = await fetch(box.dataset.jobState, { headers: { Accept: 'application/json' } });
      if (!answer.ok) return location.reload();
      const state = await answer.json();
      if (state.isOver) return location.reload();
      said.textContent = state.said;
      if (state.total) {
        bar.max = state.total;
        bar.value = state.done;
      } else {
        bar.removeAttribute('value');
      }
    } catch {
      // Without a network: look again, less and less often.
      pause = Math.min(pause * 2, 30000);
    }
    setTimeout(look, pause);
  };
  setTimeout(look, pause);
})();
