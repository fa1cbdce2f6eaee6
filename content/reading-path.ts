/** Matches the addresses of text pages. Their list would pull in all of their text. */
export const READING_PATH =
  /^\/(?:docs(?:\/(?:reasons|api))?|developers|learn|use-cases|glossary|accuracy|compare|changelog|security|contact|terms|acceptable-use|privacy|dpa|sub-processors)(?:\/[a-z0-9-]+)?$/;

/** Public pages with a control or two, which most visitors only read. */
const MOSTLY_READ_PATH = /^\/(?:pricing|status|sandbox)?$/;

/** Pages whose scripts are loaded when somebody uses a control (scripts/sleeping-pages.ts). */
export const doesSleep = (path: string): boolean => READING_PATH.test(path) || MOSTLY_READ_PATH.test(path);
