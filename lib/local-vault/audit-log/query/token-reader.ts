import { syntax } from './query-problem'
import type { Token } from './tokens'

/** Deeper than any query that a console sends, shallow enough for the stack. */
const deepest = 60

/** Goes over tokens one by one. Words of the language compare exactly, as it does. */
export type TokenReader = {
  peek(): Token | undefined
  next(): Token
  /** Takes the word or sign if it is the next. */
  take(text: string): boolean
  expect(text: string): void
  word(what: string): string
  /** Runs `read` one level deeper. */
  nested<T>(read: () => T): T
}

export function tokenReader(tokens: readonly Token[]): TokenReader {
  let at = 0
  let depth = 0
  const textOf = (token: Token | undefined) => (token && token.kind !== 'literal' ? token.text : undefined)

  const reader: TokenReader = {
    peek: () => tokens[at],
    next() {
      const token = tokens[at]
      if (!token) throw syntax('The query ends too early.')
      at += 1
      return token
    },
    take(text) {
      if (textOf(tokens[at]) !== text) return false
      at += 1
      return true
    },
    expect(text) {
      if (!reader.take(text)) throw syntax(`"${text}" is expected${found(textOf(tokens[at]))}.`)
    },
    word(what) {
      const token = tokens[at]
      if (token?.kind !== 'word') throw syntax(`${what} is expected${found(textOf(token))}.`)
      at += 1
      return token.text
    },
    nested(read) {
      depth += 1
      if (depth > deepest) throw syntax('The query is nested too deeply.')
      const result = read()
      depth -= 1
      return result
    },
  }
  return reader
}

function found(text: string | undefined): string {
  return text === undefined ? '' : ` where "${text}" stands`
}
