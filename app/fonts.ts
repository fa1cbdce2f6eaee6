// The font files in app/fonts, made by scripts/make-fonts.sh. One is preloaded; the other two are loaded when a page shows their
// characters. Text keeps its size when they arrive: the first font has fallbacks with its metrics (globals.css), and monospaced fonts share
// one width.
import localFont from 'next/font/local';

const latin = localFont({
  src: './fonts/geist-latin.woff2',
  variable: '--font-latin',
  weight: '400 600',
  // A font that misses the first paint is not swapped in later, because lines would break differently. The next visit has it.
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
