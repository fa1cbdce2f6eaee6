import { Search } from 'lucide-react';
import { cn } from './cn';
import { Kbd } from './kbd';

// A palette is a native dialog, and this script alone opens it. It runs inline at the top of the page, so that the keys and the button work
// before the page is hydrated, and so that the letters typed next have a field to go to. An event tells palette.tsx that it was opened.
export const PALETTE_OPENED = 'palette-opened';
export const PALETTE_SCRIPT = `(() => {
  const find = () => document.querySelector('dialog[data-palette]');
  const open = (palette) => {
    palette.showModal();
    palette.dispatchEvent(new Event('${PALETTE_OPENED}'));
  };
  addEventListener('keydown', (event) => {
    const palette = find();
    if (palette === null || !/^k$/i.test(event.key) || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    if (palette.open) palette.close();
    else open(palette);
  });
  addEventListener('click', (event) => {
    const palette = find();
    if (palette === null || !(event.target instanceof Element) || event.target.closest('[data-opens-palette]') === null) return;
    event.preventDefault();
    open(palette);
  }, true);
})()`;

/** Opens the page's palette, like ⌘K and Ctrl K. */
export function PaletteButton({ children, className }: { children: string; className?: string }) {
  return (
    <button
      type="button"
      data-opens-palette
      className={cn(
        'flex h-8 w-full items-center gap-2 rounded-control border border-hairline px-2 text-table text-muted transition-colors hover:bg-hover [@media(scripting:none)]:hidden',
        className,
      )}
    >
      <Search aria-hidden="true" className="size-3.5" />
      <span className="flex-1 text-left">{children}</span>
      <span className="max-sm:hidden">
        <Kbd>⌘K</Kbd>
      </span>
    </button>
  );
}

/** The same button where there is no room for words. */
export const PaletteIcon = ({ label }: { label: string }) => (
  <button
    type="button"
    data-opens-palette
    aria-label={label}
    className="inline-flex size-9 items-center justify-center rounded-control text-muted transition-colors hover:bg-hover hover:text-fg [@media(scripting:none)]:hidden"
  >
    <Search aria-hidden="true" className="size-5" />
  </button>
);
