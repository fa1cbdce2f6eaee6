/** Matches the addresses of text pages. Their list would pull in all of their text. */
export const READING_PATH =
  /^\/(?:docs(?:\/(?:reasons|api))?|developers|learn|use-cases|glossary|accuracy|compare|changelog|security|contact|terms|acceptable-use|privacy|dpa|sub-processors)(?:\/[a-z0-9-]+)?$/;
