// The tests of one section of stryker.config.mjs, as one project. The section names both the files to mutate and the tests that have to
// notice.
import { SECTIONS, section } from '../../stryker.config.mjs';
import base from '../../vitest.config';

const { tests, postgres = false } = SECTIONS[section];
const { projects: _tiers, ...test } = base.test;

const config = {
  ...base,
  test: { ...test, include: tests, globalSetup: postgres ? ['tests/database/global-setup.ts'] : [] },
};

export default config;
