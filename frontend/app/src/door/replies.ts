// What a guest answers at the door: which questions show, what is missing, what is sent.
import type { AnswerInput } from '../generated/operations';
import type { DoorQuestion } from './answer';

/** An answer as it is being given. */
export type Reply = string | string[] | boolean | undefined;
export type Replies = Record<string, Reply>;

/** Questions that a phone at the door cannot take an answer to. */
export function isElsewhere({ kind }: DoorQuestion): boolean {
  return kind === 'FILE' || kind === 'ORGANISATION';
}

function said(reply: Reply): string[] {
  if (reply === undefined || reply === '') return [];
  return Array.isArray(reply) ? reply : [String(reply)];
}

/** The questions that show, given what was answered so far. */
export function shown(questions: DoorQuestion[], replies: Replies): DoorQuestion[] {
  return questions.filter(({ showIf }) => {
    if (!showIf || !questions.some(({ id }) => id === showIf.questionId)) return true;
    return said(replies[showIf.questionId]).some((value) => showIf.values.includes(value));
  });
}

/** Whether all that must be answered is. */
export function isComplete(questions: DoorQuestion[], replies: Replies): boolean {
  return shown(questions, replies).every((question) => {
    if (!question.isRequired) return true;
    const reply = replies[question.id];
    return question.kind === 'CONSENT' ? reply === true : said(reply).length > 0;
  });
}

function answerOf({ id: questionId, kind }: DoorQuestion, reply: Reply): AnswerInput {
  if (typeof reply === 'boolean') return { questionId, boolean: reply };
  if (kind === 'NUMBER') return { questionId, number: Number(String(reply).replace(',', '.')) };
  if (kind === 'CHOICE' || kind === 'CHOICES') return { questionId, choices: said(reply) };
  return { questionId, text: String(reply).normalize('NFC').trim() };
}

/** What is sent: one answer for each question that shows and was answered. */
export function answersTo(questions: DoorQuestion[], replies: Replies): AnswerInput[] {
  return shown(questions, replies)
    .filter(({ id }) => said(replies[id]).length > 0)
    .map((question) => answerOf(question, replies[question.id]));
}
