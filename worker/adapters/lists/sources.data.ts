// Where the disposable domains come from: three npm packages, pinned in package.json. `published` is the day that version
// came out (npm's own record), which is the earliest day we can vouch for an entry. docs/lists.md shows the same figures;
// a test holds the table, the installed packages and the page together.
export interface ListSource {
  package: string;
  version: string;
  /** ISO date. */
  published: string;
  license: string;
}

export const DISPOSABLE_SOURCES = [
  { package: 'disposable-email-domains', version: '1.0.62', published: '2024-12-07', license: 'MIT' },
  { package: 'mailchecker', version: '6.0.21', published: '2026-07-18', license: 'MIT' },
  { package: 'disposable-email-domains-js', version: '1.26.0', published: '2026-09-21', license: 'CC0-1.0' },
] as const satisfies readonly ListSource[];

/** The day our own tables (relays, free providers, exceptions, role names, look-alikes) were last gone through. */
export const OWN_TABLES_DATE = '2026-11-24';
