// The QR of a gate phone works without this. With it, the page counts down and says when the phone has come.
(() => {
  const page = document.querySelector('[data-enrol]');
  const part = (name) => page.querySelector(`[data-${name}]`);
  const time = part('time');
  const told = part('told');
  const until = Date.now() + Number(page.dataset.seconds) * 1000;

  const end = (outcome, words) => {
    clearInterval(ticking);
    clearInterval(asking);
    page.classList.add(`is-${outcome}`);
    told.textContent = words;
    told.hidden = false;
    part('left').hidden = true;
  };

  const tick = () => {
    const left = Math.max(0, Math.round((until - Date.now()) / 1000));
    time.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
    if (left) return;
    end('expired', part('expired').content.textContent);
    part('again').hidden = false;
  };

  const ask = async () => {
    const answer = await fetch(page.dataset.state, { headers: { Accept: 'application/json' } }).catch(() => null);
    if (!answer || !answer.ok) return;
    const { state, name } = await answer.json();
    if (state === 'IN_USE') end('connected', part('connected').content.textContent.replace('{name}', name));
  };

  const ticking = setInterval(tick, 1000);
  const asking = setInterval(ask, 2000);
})();
