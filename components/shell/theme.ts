// The theme follows the system until somebody chooses one. It is a single small inline script, so that the first paint has the right colors
// and the switch works before the page is hydrated. Hydration changes nothing here, so the browser does not compute styles a second time.

declare global {
  interface Window {
    /** Switches between light and dark, and remembers the choice in this browser. */
    switchTheme?: () => void;
    /** Sets the theme's class again, where another document element has taken the place of the first. */
    showTheme?: () => void;
  }
}

/**
 * Runs inline at the top of the page, before the script that records early presses. So a press of the switch has been handled here and is
 * not recorded.
 */
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
  window.showTheme = () => apply(chosen());
  system.addEventListener('change', window.showTheme);
  addEventListener('storage', ({ key }) => key === 'theme' && apply(chosen()));
  addEventListener('click', (event) => {
    if (!(event.target instanceof Element) || event.target.closest('[data-theme-switch]') === null) return;
    event.preventDefault();
    window.switchTheme();
  }, true);
  window.showTheme();
})()`;
