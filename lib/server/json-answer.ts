import 'server-only'

/** JSON that says its length: a short answer then crosses as it is, where compressing it costs more than it saves. */
export function jsonAnswer(value: unknown): Response {
  const body = Buffer.from(JSON.stringify(value))
  const headers = { 'content-type': 'application/json', 'content-length': String(body.length) }
  return new Response(body, { headers })
}
