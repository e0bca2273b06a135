// Setting up registration works without this. With it, only what a kind of question needs is shown, choices come in
// any number, the preview follows what is typed, and a link is copied by one tap.
(() => {
  const every = (selector, root = document) => [...root.querySelectorAll(selector)];

  // On a phone the tabs scroll: the current one is in sight.
  const current = document.querySelector('.setup-tabs [aria-current]');
  if (current) current.parentElement.scrollLeft = current.offsetLeft - current.parentElement.offsetLeft - 16;

  // Copying a link.
  for (const button of every('[data-copy]')) {
    button.hidden = !navigator.clipboard;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.lastChild.textContent = ` ${button.dataset.copied}`;
    });
  }

  // A preview hides what its conditions hide.
  const weigh = (paper) => {
    const chosen = (number) => {
      const asked = paper.querySelector(`[data-number="${CSS.escape(number)}"]`);
      return asked && !asked.hidden ? every('input:checked', asked).map((input) => input.value) : [];
    };
    for (let round = 0; round < 5; round += 1) {
      for (const asked of every('[data-leading]', paper)) {
        const wanted = JSON.parse(asked.dataset.values);
        asked.hidden = !chosen(asked.dataset.leading).some((value) => wanted.includes(value));
      }
    }
  };
  const watch = (root) => every('.setup-paper', root).forEach(weigh);
  document.addEventListener('change', (event) => {
    const paper = event.target.closest('.setup-paper');
    if (paper) weigh(paper);
  });
  watch(document);

  const type = document.getElementById('preview-type');
  if (type) type.addEventListener('change', () => type.form.requestSubmit());

  const form = document.querySelector('form[data-preview]');
  if (!form) return;
  const kind = form.elements.kind;

  const fitKind = () => {
    for (const part of every('[data-kinds]', form)) part.hidden = !part.dataset.kinds.split(' ').includes(kind.value);
  };
  kind.addEventListener('change', fitKind);
  fitKind();

  // Of all answers only those of the question that was chosen.
  const leading = form.elements.shown_if_id;
  const values = form.querySelector('[data-values-of]');
  const fitValues = () => {
    values.hidden = !leading.value;
    for (const input of every('input[name="shown_if_values"]', values)) {
      const group = input.closest('div').parentElement; // the answers of one question, under its words
      group.hidden = input.value.split(':')[0] !== leading.value;
    }
  };
  if (leading && values) {
    leading.addEventListener('change', fitValues);
    fitValues();
  }

  // Choices.
  const choices = form.querySelector('[data-choices]');
  const more = choices.querySelector('[data-more]');
  const rows = () => every('[data-choice]', choices);
  const add = () => {
    const row = rows()[0].cloneNode(true);
    for (const input of every('input', row)) input.value = '';
    more.before(row);
    return row;
  };
  more.hidden = false;
  for (const acts of every('.setup-choice-acts', choices)) acts.hidden = false;
  more.addEventListener('click', () => add().querySelector('input[type="text"]').focus());
  choices.addEventListener('click', (event) => {
    const row = event.target.closest('[data-choice]');
    if (!row) return;
    if (event.target.closest('[data-up]') && row.previousElementSibling.matches('[data-choice]')) {
      row.previousElementSibling.before(row);
    } else if (event.target.closest('[data-drop]')) {
      if (rows().length === 1) add();
      row.remove();
    } else return;
    ask();
  });

  // The preview follows what is typed.
  const shown = document.getElementById('setup-shown');
  let timer;
  let asked = 0;
  const ask = async () => {
    const mine = ++asked;
    try {
      const answer = await fetch(form.dataset.preview, { method: 'POST', body: new FormData(form) });
      if (!answer.ok || mine !== asked) return;
      shown.innerHTML = await answer.text();
      watch(shown);
    } catch {
      // Without a network the preview stays as it was last seen.
    }
  };
  form.addEventListener('input', (event) => {
    if (shown.contains(event.target)) return; // somebody tries the preview itself
    clearTimeout(timer);
    timer = setTimeout(ask, 350);
  });
})();
