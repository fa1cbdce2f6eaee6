import changelog from '@/CHANGELOG.md';
import { parseChangelog } from '@/content/changelog';

/** As of the build: the file itself is not shipped. */
export const RELEASES = parseChangelog(changelog);
