import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SDKS } from './developers';
import { LANGUAGES } from './docs/languages';

it.each(SDKS)('$name is installed as its README says', ({ language, install }) => {
  expect(readFileSync(`sdks/${language}/README.md`, 'utf8')).toContain(install);
});

it('has every SDK', () => {
  const languages = LANGUAGES.map(({ id }) => id).filter((id) => id !== 'curl');
  expect(SDKS.map(({ language }) => language)).toEqual(languages);
});
