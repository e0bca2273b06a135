// Days are the city's, wherever the phone believes to be.
const DAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' });

/** The city's day at `moment`, as text that sorts: "2026-11-27". */
export function cityDay(moment: Date | string): string {
  return DAY.format(new Date(moment));
}
