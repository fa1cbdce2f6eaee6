export interface Standard {
  name: string;
  url: string;
}

export interface Term {
  /** Its anchor on the glossary. */
  slug: string;
  name: string;
  /** One sentence that stands alone. */
  short: string;
  long: string;
  standards?: readonly Standard[];
  /** Slugs of terms that explain it further. */
  see: readonly string[];
  /** A page about it. */
  readMore?: string;
}
