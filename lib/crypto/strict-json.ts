import { CryptoError } from './crypto-error'

/** JSON whose objects are maps: no member can be mistaken for a method, and doubles are refused while reading. */
export type JsonObject = Map<string, JsonValue>
export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject

export type JsonQuotes = 'double' | 'single'

const usualDepth = 16
const escapes: Record<string, string> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  "'": "'",
  '\\': '\\',
  '/': '/',
}

/** A refusal with the place where reading stopped, counted from 1 in UTF-16 units, and a repeated member's name. */
export class JsonError extends CryptoError {
  readonly position: number
  readonly member: string | undefined

  constructor(code: 'json-invalid' | 'json-duplicate-member', position: number, member?: string) {
    super(code)
    this.position = position
    this.member = member
  }
}

/**
 * Reads JSON (RFC 8259), refusing duplicate members and more levels than `maximumDepth`, 16 unless told. With `single` quotes it reads the
 * pseudo-JSON that some vendors' tools write, `{'kid':'…'}`, and nothing else of that kind. Throws `JsonError` only.
 */
export function parseStrictJson(text: string, quotes: JsonQuotes = 'double', maximumDepth = usualDepth): JsonValue {
  const reader = new Reader(text, quotes === 'double' ? '"' : "'", undefined, maximumDepth)
  const value = reader.value(0)
  reader.end()
  return value
}

/** Where a member's value stands in a text: from `start` up to `end`, in UTF-16 units. */
export interface JsonPlace {
  /** Names of members from the outermost object on. */
  path: readonly string[]
  start: number
  end: number
}

/** Where the values of all objects' members stand, inner ones before the object around them. Throws `JsonError` only. */
export function jsonPlaces(text: string, quotes: JsonQuotes = 'double'): JsonPlace[] {
  const places: JsonPlace[] = []
  const reader = new Reader(text, quotes === 'double' ? '"' : "'", places)
  reader.value(0)
  reader.end()
  return places
}

class Reader {
  private at = 0
  private readonly path: string[] = []
  constructor(
    private readonly text: string,
    private readonly quote: string,
    private readonly places?: JsonPlace[],
    private readonly maximumDepth = usualDepth,
  ) {}

  value(depth: number): JsonValue {
    if (depth > this.maximumDepth) this.refuse()
    this.blank()
    const next = this.text[this.at]
    if (next === '{') return this.object(depth)
    if (next === '[') return this.array(depth)
    if (next === this.quote) return this.string()
    return this.scalar()
  }

  end(): void {
    this.blank()
    if (this.at < this.text.length) this.refuse()
  }

  private object(depth: number): JsonObject {
    const members: JsonObject = new Map()
    this.at++
    if (this.taken('}')) return members
    do {
      this.blank()
      const start = this.at
      const name = this.string()
      if (members.has(name)) throw new JsonError('json-duplicate-member', start + 1, name)
      this.expect(':')
      members.set(name, this.member(name, depth))
    } while (this.taken(','))
    this.expect('}')
    return members
  }

  private member(name: string, depth: number): JsonValue {
    this.path.push(name)
    this.blank()
    const start = this.at
    const value = this.value(depth + 1)
    this.places?.push({ path: [...this.path], start, end: this.at })
    this.path.pop()
    return value
  }

  private array(depth: number): JsonValue[] {
    const items: JsonValue[] = []
    this.at++
    if (this.taken(']')) return items
    do items.push(this.value(depth + 1))
    while (this.taken(','))
    this.expect(']')
    return items
  }

  private string(): string {
    if (this.text[this.at] !== this.quote) this.refuse()
    this.at++
    let value = ''
    for (;;) {
      const next = this.text[this.at]
      if (next === undefined || next < ' ') this.refuse()
      this.at++
      if (next === this.quote) return value
      value += next === '\\' ? this.escape() : next
    }
  }

  private escape(): string {
    const letter = this.text[this.at] ?? ''
    const digits = this.text.slice(this.at + 1, this.at + 5)
    if (letter === 'u' && /^[0-9a-fA-F]{4}$/.test(digits)) {
      this.at += 5
      return String.fromCharCode(Number.parseInt(digits, 16))
    }
    const escaped = letter === "'" && this.quote !== "'" ? undefined : escapes[letter]
    if (escaped === undefined) this.refuse()
    this.at++
    return escaped
  }

  private scalar(): null | boolean | number {
    const pattern = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
    pattern.lastIndex = this.at
    const word = pattern.exec(this.text)?.[0]
    if (word === undefined) this.refuse()
    this.at += word.length
    return word === 'null' ? null : word === 'true' ? true : word === 'false' ? false : Number(word)
  }

  private blank(): void {
    while (/[ \t\r\n]/.test(this.text[this.at] ?? '')) this.at++
  }

  private taken(mark: string): boolean {
    this.blank()
    if (this.text[this.at] !== mark) return false
    this.at++
    return true
  }

  private expect(mark: string): void {
    if (!this.taken(mark)) this.refuse()
  }

  private refuse(): never {
    throw new JsonError('json-invalid', this.at + 1)
  }
}

/** Writes what `parseStrictJson` read, without blanks, members in their order. */
export function writeJson(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(writeJson).join(',')}]`
  if (!(value instanceof Map)) return JSON.stringify(value)
  return `{${[...value].map(([name, member]) => `${JSON.stringify(name)}:${writeJson(member)}`).join(',')}}`
}
