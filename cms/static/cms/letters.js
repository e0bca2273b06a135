// The letter follows what is typed; a placeholder goes where the cursor was.
(() => {
  const form = document.getElementById('letter-words');
  if (!form) return;
  let last = form.querySelector('textarea');
  let timer;
  let asked = 0;

  const preview = (section) => section.querySelector('.letter-preview');

  const show = ({ letters, errors }) => {
    for (const place of form.querySelectorAll('[data-field]')) {
      place.textContent = errors[place.dataset.field] || '';
    }
    for (const section of form.querySelectorAll('[data-language]')) {
      const letter = letters[section.dataset.language];
      preview(section).classList.toggle('is-behind', !letter);
      if (!letter) continue;
      section.querySelector('.letter-preview-subject strong').textContent = letter.subject;
      section.querySelector('iframe').srcdoc = letter.html;
    }
  };

  const ask = async () => {
    if (!form.dataset.preview) return;
    const mine = ++asked;
    try {
      const answer = await fetch(form.dataset.preview, { method: 'POST', body: new FormData(form) });
      // Who types on makes the answers before it worthless.
      if (answer.ok && mine === asked) show(await answer.json());
    } catch {
      // Without a network the letter stays as it was last seen.
    }
  };

  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 400);
  });
  form.addEventListener('focusin', (event) => {
    if (event.target.matches('textarea, input[type="text"]')) last = event.target;
  });
  for (const button of document.querySelectorAll('[data-gap]')) {
    button.addEventListener('click', () => {
      last.focus();
      last.setRangeText(button.dataset.gap, last.selectionStart, last.selectionEnd, 'end');
      last.dispatchEvent(new Event('input', { bubbles: true }));
    });
  }
})();
