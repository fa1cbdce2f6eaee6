/** Addresses of pages of text. Without their list, which would bring all the words along. */
export const READING_PATH =
  /^\/(?:docs(?:\/(?:reasons|api))?|developers|learn|use-cases|glossary|accuracy|compare|changelog|security|contact|terms|acceptable-use|privacy|dpa|sub-processors)(?:\/[a-z0-9-]+)?$/;
