/** A field as RFC 4180 writes it. What a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection). */
export function csvField(value: string): string {
  const harmless = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value
  return `"${harmless.replaceAll('"', '""')}"`
}

/** The other way round, for a table that was written here and comes back. */
export function withoutApostrophe(field: string): string {
  return /^'[=+\-@\t\r\n]/.test(field) ? field.slice(1) : field
}
