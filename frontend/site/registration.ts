/* A registration form that follows its reader: questions appear when they apply, companions come and go by a tap.
   Without it every question is there and the server asks again; the rule on the server decides either way. */

/** What stands in a question's inputs now, as it would be sent. */
function said(question: HTMLElement): string[] {
  const inputs = question.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>(
    'input, select, textarea',
  );
  return [...inputs].flatMap((input) => {
    if (!(input instanceof HTMLInputElement) || !['checkbox', 'radio'].includes(input.type)) return [input.value];
    if (!input.checked) return [];
    return [input.value === 'on' ? 'true' : input.value];
  });
}

function chosenType(form: HTMLFormElement): HTMLInputElement | null {
  return form.querySelector<HTMLInputElement>('[data-ticket-type]:checked, [data-ticket-type][type=hidden]');
}

/** Hide what does not apply. A question that depends on a hidden one is hidden, whatever order they stand in. */
function showQuestions(form: HTMLFormElement): void {
  const type = chosenType(form)?.value;
  const questions = new Map<string, HTMLElement>();
  for (const each of form.querySelectorAll<HTMLElement>('[data-question]')) questions.set(each.dataset.question!, each);
  const applies = (question: HTMLElement, seen: Set<HTMLElement>): boolean => {
    const { types, shownIf, shownIfValues } = question.dataset;
    if (types && type && !types.split(' ').includes(type)) return false;
    if (!shownIf || seen.has(question)) return true;
    const leading = questions.get(shownIf);
    if (!leading || !applies(leading, seen.add(question))) return false;
    const wanted = JSON.parse(shownIfValues ?? '[]') as string[];
    return said(leading).some((value) => wanted.includes(value));
  };
  for (const question of questions.values()) question.hidden = !applies(question, new Set());
  const part = form.querySelector<HTMLElement>('[data-questions-part]');
  if (part) part.hidden = [...questions.values()].every((question) => question.hidden);
}

class Companions {
  private readonly list: HTMLElement;
  private readonly blank: HTMLTemplateElement;
  private readonly add: HTMLButtonElement;
  private next: number;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly part: HTMLElement,
  ) {
    this.list = part.querySelector('[data-companion-list]')!;
    this.blank = part.querySelector('[data-companion-blank]')!;
    this.add = part.querySelector('[data-companion-add]')!;
    this.next = this.rows.length;
    this.add.addEventListener('click', (event) => {
      event.preventDefault();
      this.grow();
    });
    for (const row of this.rows) this.offerRemoval(row);
    this.refresh();
  }

  private get rows(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>('[data-companion]')];
  }

  /** How many may come along with the ticket type that is chosen. */
  private get most(): number {
    const most = chosenType(this.form)?.dataset.most;
    return most === undefined ? Number(this.part.dataset.most) : Number(most) - 1;
  }

  private grow(): void {
    const filled = this.blank.innerHTML.replaceAll('__row__', String(this.next++));
    this.list.insertAdjacentHTML('beforeend', filled);
    const row = this.rows.at(-1)!;
    this.offerRemoval(row);
    this.refresh();
    row.querySelector('input')?.focus();
  }

  private offerRemoval(row: HTMLElement): void {
    const button = row.querySelector<HTMLButtonElement>('[data-companion-remove]')!;
    button.hidden = false;
    button.addEventListener('click', () => {
      row.remove();
      this.refresh();
      this.add.focus();
    });
  }

  refresh(): void {
    const { rows, most } = this;
    rows.forEach((row, index) => {
      const title = row.querySelector('[data-companion-title]')!;
      title.textContent = `${title.textContent!.replace(/\s*\d+\s*$/, '').trim()} ${index + 1}`;
    });
    this.add.hidden = rows.length >= most;
    const whole = this.part.closest<HTMLElement>('[data-companions-part]');
    if (whole) whole.hidden = most < 1 && rows.length === 0;
  }
}

export function followRegistration(form: HTMLFormElement): void {
  const part = form.querySelector<HTMLElement>('[data-companions]');
  const companions = part && part.querySelector('[data-companion-add]') ? new Companions(form, part) : null;
  const follow = (): void => {
    showQuestions(form);
    companions?.refresh();
  };
  form.addEventListener('input', follow);
  form.addEventListener('change', follow);
  follow();
}
