import 'server-only'

/** A short reference for people, as imports have one: `ENA-` and eight characters of the request's own id. */
export function enableReference(id: string): string {
  const digits = id.replaceAll('-', '').slice(0, 8).toUpperCase()
  return `ENA-${digits.slice(0, 4)}-${digits.slice(4)}`
}
