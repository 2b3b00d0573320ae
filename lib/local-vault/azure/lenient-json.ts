/**
 * JSON as the service's reader takes it, which is more than JSON: tools in use write single quotes, names without quotes,
 * and commas behind the last member. Throws SyntaxError for everything else.
 */
export function parseLenientJson(text: string): unknown {
  const withoutMark = text.replace(/^\uFEFF/, '')
  try {
    return JSON.parse(withoutMark)
  } catch {
    return JSON.parse(toStrictJson(withoutMark))
  }
}

/** Each alternative eats what it has looked at, an unterminated string too, so that the time is linear in the text. */
const tokens = /"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|[A-Za-z_$][\w$]*(?:\s*:)?|,\s*[}\]]?/gs

function toStrictJson(text: string): string {
  return text.replace(tokens, (token) => {
    if (token.startsWith("'")) return doubleQuoted(token)
    if (token.startsWith(',')) return token.replace(/^,(\s*[}\]])$/, '$1')
    return token.endsWith(':') ? token.replace(/^[\w$]+/, '"$&"') : token
  })
}

/** `'it\'s "so"'` to `"it's \"so\""`; without its end it stays as it is, and fails. */
function doubleQuoted(token: string): string {
  if (token.length < 2 || !token.endsWith("'")) return token
  const content = token.slice(1, -1).replace(/\\'|"/g, (found) => (found === '"' ? '\\"' : "'"))
  return `"${content}"`
}
