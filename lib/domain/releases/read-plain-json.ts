import { JsonError, type JsonValue, parseStrictJson } from '@/lib/crypto/strict-json'
import { err, ok, type Result } from '../result'

/** `position` is counted from 1 in UTF-16 units; `member` is the name that stands twice. */
export type PlainJsonProblem = {
  code: 'not-json' | 'too-deep' | 'duplicate-member'
  position: number
  member: string | null
}

/** JSON as plain objects and lists; refused, with the place, are also a member that stands twice and more levels than `depth`. */
export function readPlainJson(text: string, depth = 16): Result<unknown, PlainJsonProblem> {
  try {
    return ok(plain(parseStrictJson(text, 'double', depth)))
  } catch (cause) {
    if (!(cause instanceof JsonError)) throw cause
    const { position, member = null } = cause
    if (cause.code === 'json-duplicate-member') return err({ code: 'duplicate-member', position, member })
    return err({ code: isJson(text) ? 'too-deep' : 'not-json', position, member })
  }
}

/** `Object.fromEntries` defines members of its own, so that `__proto__` is a name like any other. */
function plain(value: JsonValue): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (!(value instanceof Map)) return value
  return Object.fromEntries([...value].map(([name, member]) => [name, plain(member)]))
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    // That it is not JSON is the answer.
    return false
  }
}
