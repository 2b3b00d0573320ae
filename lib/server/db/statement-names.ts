import 'server-only'
import { createHash } from 'node:crypto'

/**
 * A named statement is parsed and planned once a connection; each name is memory in each of them. So only texts that come
 * again and again get one, and only so many: a list of any length in an `IN` makes a text of its own.
 */
const NAMED_AFTER = 5
const MOST_NAMES = 200
const MOST_CANDIDATES = 2_000

const names = new Map<string, string>()
const seen = new Map<string, number>()

/** The name under which this text is prepared; empty while it has none, which the driver takes for an unnamed statement. */
export function statementName(text: string): string {
  const known = names.get(text)
  if (known) return known
  if (names.size >= MOST_NAMES) return ''
  const times = (seen.get(text) ?? 0) + 1
  if (times < NAMED_AFTER) {
    if (seen.size >= MOST_CANDIDATES) seen.clear()
    seen.set(text, times)
    return ''
  }
  seen.delete(text)
  const name = `drawbridge_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`
  names.set(text, name)
  return name
}
