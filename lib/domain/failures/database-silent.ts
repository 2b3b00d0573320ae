/** The digest of a page's failure when the database did not answer: all that the browser learns of it. */
export const DATABASE_SILENT = 'database-silent'
