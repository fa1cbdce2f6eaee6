import { Moon, Sun } from 'lucide-react';

/** Light to dark and back, by the script of theme.ts. Both icons are in the page; the theme's class shows one, so the server needs no guess. */
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
