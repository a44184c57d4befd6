import { icon } from './dom.js';
import { on } from './state.js';

// The frame around the two halves: colours, tabs on a small screen, and whether the server can be reached.

export function startTheme() {
  const root = document.documentElement;
  const button = document.getElementById('theme');
  const system = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => root.dataset.theme ? root.dataset.theme === 'dark' : system.matches;
  const draw = () => {
    button.setAttribute('aria-pressed', String(isDark()));
    button.title = isDark() ? 'Dark colours' : 'Light colours';
    button.replaceChildren(icon(isDark() ? 'moon' : 'sun'));
  };
  button.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    localStorage.setItem('playground-theme', root.dataset.theme);
    draw();
  });
  system.addEventListener('change', draw);
  draw();
}

export function startTabs() {
  const tabs = [...document.querySelectorAll('[role=tab]')];
  const select = tab => {
    for (const each of tabs) {
      each.setAttribute('aria-selected', String(each === tab));
      each.tabIndex = each === tab ? 0 : -1;
    }
    document.body.dataset.tab = tab.getAttribute('aria-controls');
  };
  for (const [index, tab] of tabs.entries()) {
    tab.addEventListener('click', () => select(tab));
    tab.addEventListener('keydown', event => {
      if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')
        return;
      const other = tabs[(index + 1) % tabs.length];
      select(other);
      other.focus();
    });
  }
  select(tabs[0]);
}

export function startConnection() {
  const link = document.getElementById('link');
  on('connection', connected => {
    link.textContent = connected ? 'Live' : 'Reconnecting…';
    link.dataset.connected = connected;
  });
}
