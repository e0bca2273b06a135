// Vietnamese first, English second. Both catalogues have the same keys: the type says so, a test too.
import { recall, remember } from '../door/memory';
import en from './en.json';
import vi from './vi.json';

export type WordKey = keyof typeof vi;
export type Language = 'vi' | 'en';

const CATALOGUES: Record<Language, Record<WordKey, string>> = { vi, en };
const LOCALES: Record<Language, string> = { vi: 'vi-VN', en: 'en-GB' };
const TIME_ZONE = 'Asia/Ho_Chi_Minh';

/** The words for a code that comes from the server, which may be newer than this app. */
export function known(key: string): WordKey | null {
  return Object.hasOwn(vi, key) ? (key as WordKey) : null;
}

function initial(): Language {
  const chosen = recall('language') ?? /(?:^|; )django_language=(\w+)/.exec(document.cookie)?.[1];
  return chosen === 'en' ? 'en' : 'vi';
}

class Words {
  language = $state<Language>(initial());
  readonly locale = $derived(LOCALES[this.language]);

  /** Speak `language` from now on, and the next time too. */
  choose(language: Language): void {
    this.language = language;
    remember('language', language);
  }

  /** The text under `key`, with `{facts}` filled in. */
  say(key: WordKey, facts: Record<string, string | number> = {}): string {
    return CATALOGUES[this.language][key].replace(/\{(\w+)\}/g, (_, name: string) => {
      const fact = facts[name] ?? '';
      return typeof fact === 'number' ? this.number(fact) : fact;
    });
  }

  /** How `other` names itself, in its own language. */
  nameOf(other: Language): string {
    return CATALOGUES[other].language;
  }

  /** An address of the site in the present language. */
  address(path: string): string {
    return this.language === 'vi' ? path : `/${this.language}${path}`;
  }

  /** A gate's name as one says it: gates are called "A" or "2", people say "Cửa A". */
  gate(name: string): string {
    return name.length <= 3 ? `${this.say('choose.gate')} ${name}` : name;
  }

  number(value: number): string {
    return new Intl.NumberFormat(this.locale).format(value);
  }

  /** 50.000 ₫, as it is said here. */
  money(amount: number): string {
    return `${this.number(amount)} ₫`;
  }

  /** A moment on the city's clock: 08:31, with its day where that is not `now`'s. */
  time(moment: string | Date, now = new Date()): string {
    const at = new Date(moment);
    const time = this.#format(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    return this.#day(at) === this.#day(now) ? time : `${time}, ${this.#day(at)}`;
  }

  dayOfMonth(moment: string): string {
    return this.#format(new Date(moment), { day: '2-digit' });
  }

  month(moment: string): string {
    const at = new Date(moment);
    if (this.language === 'vi') return `thg ${this.#format(at, { month: 'numeric' })}`;
    return this.#format(at, { month: 'short' });
  }

  /** From when till when: 14:00 – 16:30, with the last day when that is another one. */
  hours(startsAt: string, endsAt: string): string {
    const start = new Date(startsAt);
    return `${this.time(start, start)} – ${this.time(endsAt, start)}`;
  }

  /** 09/12, as it is written here; browsers' Vietnamese puts a hyphen. */
  #day(at: Date): string {
    return `${this.#format(at, { day: '2-digit' })}/${this.#format(at, { month: '2-digit' })}`;
  }

  #format(at: Date, options: Intl.DateTimeFormatOptions): string {
    return new Intl.DateTimeFormat(this.locale, { timeZone: TIME_ZONE, ...options }).format(at);
  }
}

export const words = new Words();
