import { mount } from 'svelte';

import App from './App.svelte';
import './styles/app.css';
import { keepInstalled } from './update';

const target = document.getElementById('app');
if (target) {
  target.textContent = '';
  mount(App, { target });
}
if (import.meta.env.PROD) void keepInstalled();
