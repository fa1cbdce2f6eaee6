// The theme: the system's, until somebody chooses one. All of it is one small inline script, so that the first paint has the right colors
// and the switch works before the page is alive. A page that comes alive changes nothing, so its style is not worked out a second time.

declare global {
  interface Window {
    /** Light to dark and back, kept in this browser. */
    switchTheme?: () => void;
  }
}

/** Runs inline at the top of the page, before the script that records early presses: a press of the switch is done with here. */
export const THEME_SCRIPT = `(() => {
  const root = document.documentElement, system = matchMedia('(prefers-color-scheme: dark)');
  const chosen = () => { try { return localStorage.getItem('theme'); } catch { return null; } };
  const apply = (theme) => {
    const isDark = theme === 'dark' || (theme !== 'light' && system.matches);
    root.classList.toggle('dark', isDark);
    root.classList.toggle('light', !isDark);
  };
  window.switchTheme = () => {
    const theme = root.classList.contains('dark') ? 'light' : 'dark';
    try { localStorage.setItem('theme', theme); } catch {}
    root.classList.add('switching');
    apply(theme);
    setTimeout(() => root.classList.remove('switching'), 50);
  };
  system.addEventListener('change', () => apply(chosen()));
  addEventListener('storage', ({ key }) => key === 'theme' && apply(chosen()));
  addEventListener('click', (event) => {
    if (!(event.target instanceof Element) || event.target.closest('[data-theme-switch]') === null) return;
    event.preventDefault();
    window.switchTheme();
  }, true);
  apply(chosen());
})()`;
