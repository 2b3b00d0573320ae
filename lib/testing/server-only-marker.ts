/** Stands in for the `server-only` marker under test (see vitest.config.ts). */
export {}
