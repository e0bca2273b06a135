import './css/main.css';
import './generated/icons.svg?url';
import './icon.svg?url';
import { keepTickets } from './offline/tickets';
import { offerPaper } from './paper';
import { offerSharing } from './share';
import { rememberTheme } from './toggle';

rememberTheme();
offerSharing();
offerPaper();
keepTickets();

// Fetched only by pages on which something lives.
if (document.querySelector('[data-live-event]')) {
  void import('./live/counter').then(({ followCounters }) => followCounters());
}
const board = document.querySelector<HTMLElement>('[data-board]');
if (board) void import('./live/board').then(({ followBoard }) => followBoard(board));
const screen = document.querySelector<HTMLElement>('[data-screen]');
if (screen) void import('./live/screen').then(({ followScreen }) => followScreen(screen));
const keys = document.querySelectorAll<HTMLFormElement>('form[data-passkey]');
if (keys.length > 0) void import('./passkeys').then(({ offerPasskeys }) => offerPasskeys(keys));
const registration = document.querySelector<HTMLFormElement>('form[data-registration]');
if (registration) void import('./registration').then(({ followRegistration }) => followRegistration(registration));
const crop = document.querySelector<HTMLElement>('[data-crop]');
if (crop) void import('./crop').then(({ followCrop }) => followCrop(crop));
