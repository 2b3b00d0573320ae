import 'server-only'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Of an id in an address, before the database is asked by it. */
export function isUuid(text: string): boolean {
  return UUID.test(text)
}
