import { z } from 'zod'

/** A search parameter as Next hands it over; of a repeated one the first counts. */
const text = z.preprocess((value) => (Array.isArray(value) ? value[0] : value), z.string())

/** A parameter of free text; absent or empty is ''. A zero byte, which no database takes in a text, is none of it. */
export const urlText = text.transform((value) => value.replaceAll('\0', '').trim().slice(0, 400)).catch('')

/** A day that exists, `2026-11-22`; anything else is ''. */
export const urlDay = urlText.transform((value) => (isDay(value) ? value : ''))

/** A page number from 1; anything else is 1. */
export const urlPage = text.transform(Number).pipe(z.number().int().min(1).max(100_000)).catch(1)

/** Several values in one parameter, apart by spaces (so that the address reads `state=active+suspended`). Unknown ones are dropped. */
export function urlList<T extends string>(isKnown: (value: string) => value is T) {
  return text.transform((value) => [...new Set(value.split(/\s+/).filter(isKnown))]).catch([])
}

/** Says for a closed set whether a text is one of it. */
export function oneOf<const T extends string>(values: readonly T[]) {
  return (value: string): value is T => (values as readonly string[]).includes(value)
}

function isDay(value: string): boolean {
  const at = Date.parse(`${value}T00:00:00.000Z`)
  return /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(value)
}
