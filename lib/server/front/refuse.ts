import 'server-only'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { PROBLEM_WORDS } from '@/lib/domain/actions/action-result'
import type { Refusal } from './admit'

const LINGER_MS = 1_000

/**
 * Says no, and closes. What the other side is still sending is thrown away for a moment, so that it reads the answer
 * instead of a connection that broke; nothing of it is kept.
 */
export function refuse(req: IncomingMessage, res: ServerResponse, refusal: Refusal, requestId: string): void {
  if (res.headersSent) {
    req.destroy()
    return
  }
  const { type, text } = wordsFor(req, refusal, requestId)
  res.writeHead(refusal.status, {
    ...refusal.headers,
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(text),
    Connection: 'close',
  })
  if (req.method !== 'HEAD') res.write(text)
  const close = () => {
    clearTimeout(linger)
    res.end(() => req.destroy())
  }
  const linger = setTimeout(close, LINGER_MS)
  if (req.complete) close()
  else req.once('end', close).once('close', close).resume()
}

/**
 * A problem as every door answers it. A server action's caller reads an error's text only from exactly `text/plain`: there
 * the same JSON goes, and `lib/client/import/use-act.ts` finds it. A person who opened a page gets the sentence.
 */
function wordsFor({ headers }: IncomingMessage, { code, message }: Refusal, requestId: string) {
  const problem = { code, message: message ?? PROBLEM_WORDS[code], requestId }
  const json = `${JSON.stringify({ problem })}\n`
  if ('next-action' in headers) return { type: 'text/plain', text: json }
  if (headers.accept?.includes('text/html')) return { type: 'text/plain; charset=utf-8', text: `${problem.message}\n` }
  return { type: 'application/json', text: json }
}
