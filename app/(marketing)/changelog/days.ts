import changelog from '@/CHANGELOG.md';
import { parseChangelog } from '@/content/changelog';

/** Read at build time, because the file itself is not shipped. */
export const DAYS = parseChangelog(changelog);
