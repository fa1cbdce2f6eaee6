import { Moon, Sun } from 'lucide-react';

/**
 * Switches between light and dark with the script of theme.ts. Both icons are in the page and the theme's class shows one of them, so the
 * server does not have to guess.
 */
export function ThemeSwitch() {
  return (
    <button
      type="button"
      data-theme-switch
      className="inline-flex size-8 shrink-0 items-center justify-center rounded-control text-muted transition-colors hover:bg-hover hover:text-fg [@media(scripting:none)]:hidden"
      aria-label="Switch between light and dark"
    >
      <Sun aria-hidden="true" className="hidden size-4 dark:block" />
      <Moon aria-hidden="true" className="size-4 dark:hidden" />
    </button>
  );
}
