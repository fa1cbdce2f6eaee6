// The faces of app/fonts (made by scripts/make-fonts.sh). One is preloaded; the other two come when a page shows their letters. The space
// that text takes does not change when they come: the first has stand-ins of its size (globals.css), and monospaced faces are of one width.
import localFont from 'next/font/local';

const latin = localFont({
  src: './fonts/geist-latin.woff2',
  variable: '--font-latin',
  weight: '400 600',
  // One that isn't there at the first paint is not put in later, where lines would break elsewhere; the next visit has it.
  display: 'optional',
  adjustFontFallback: false,
});

const latinExt = localFont({
  src: './fonts/geist-latin-ext.woff2',
  variable: '--font-latin-ext',
  weight: '400 600',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
  declarations: [{ prop: 'unicode-range', value: 'U+0100-0130,U+0132-0151,U+0154-02AF,U+1E00-1E9F,U+1EF2-1EFF' }],
});

const mono = localFont({
  src: './fonts/geist-mono-latin.woff2',
  variable: '--font-geist-mono',
  weight: '400 600',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
});

export const FONT_CLASSES = `${latin.variable} ${latinExt.variable} ${mono.variable}`;
