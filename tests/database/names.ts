import 'vitest';

/** The migrated database that test files copy. */
export const TEMPLATE_DATABASE = 'template_app';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the maintenance database. */
    postgresUrl: string;
  }
}
