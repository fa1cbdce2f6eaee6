import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const css = readFileSync(fileURLToPath(new URL('../../app/globals.css', import.meta.url)), 'utf8');
const THEMES = { light: ':root', dark: '.dark' } as const;
const VERDICTS = ['deliverable', 'risky', 'unknown', 'undeliverable', 'pending'] as const;
const TEXT_AA = 4.5;
const GRAPHIC_AA = 3;

/** The variables declared in a selector's block. */
function tokensOf(selector: string): Map<string, string> {
  const block = css.slice(css.indexOf(`\n${selector} {`)).split('}')[0] ?? '';
  return new Map(Array.from(block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g), (match) => [match[1] ?? '', match[2] ?? '']));
}

function luminance(hex: string): number {
  const channel = (at: number) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

/** WCAG 2.2 contrast ratio. */
function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

const grounds = ['bg', 'raised', 'sunken', 'band', 'canvas', 'card', 'float', 'hover'];
const textPairs: [string, string][] = [
  ...['fg', 'muted', 'subtle', 'accent', 'accent-hover'].flatMap((text) =>
    grounds.map((ground): [string, string] => [text, ground]),
  ),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['on-danger', 'undeliverable-solid'],
  ['bg', 'fg'],
  ...VERDICTS.flatMap((verdict) => [`${verdict}-tint`, 'bg', 'raised'].map((ground): [string, string] => [verdict, ground])),
];
const graphicPairs: [string, string][] = [
  ...grounds.map((ground): [string, string] => ['ring', ground]),
  ['control', 'bg'],
  ['control', 'raised'],
  ...VERDICTS.flatMap((verdict) =>
    ['bg', 'raised', `${verdict}-tint`].map((ground): [string, string] => [`${verdict}-solid`, ground]),
  ),
];

describe.each(Object.entries(THEMES))('the %s theme', (_name, selector) => {
  const tokens = tokensOf(selector);
  const ratio = ([front, ground]: [string, string]) => {
    const [a, b] = [tokens.get(front), tokens.get(ground)];
    if (a === undefined || b === undefined) throw new Error(`no token ${a === undefined ? front : ground} in ${selector}`);
    return contrast(a, b);
  };

  it.each(textPairs)('shows %s on %s as readable text (AA, 4.5)', (...pair) => {
    expect(ratio(pair)).toBeGreaterThanOrEqual(TEXT_AA);
  });

  it.each(graphicPairs)('shows %s on %s as a visible shape (AA, 3)', (...pair) => {
    expect(ratio(pair)).toBeGreaterThanOrEqual(GRAPHIC_AA);
  });
});

describe('the three surfaces of the dark theme', () => {
  it('can be told apart: each is lighter than the one behind it, and floating surfaces are lightest', () => {
    const tokens = tokensOf('.dark');
    const [canvas, card, float] = ['canvas', 'card', 'float'].map((name) => luminance(tokens.get(name) ?? ''));
    expect((card ?? 0) / (canvas ?? 1)).toBeGreaterThan(1.5);
    expect((float ?? 0) / (card ?? 1)).toBeGreaterThan(1.5);
  });
});

describe('the measure itself', () => {
  it('gives 21 for black on white and 1 for a color on itself', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
    expect(contrast('#777777', '#777777')).toBe(1);
  });
});
