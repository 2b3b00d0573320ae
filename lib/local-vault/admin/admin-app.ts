import { Hono } from 'hono'
import { z } from 'zod'
import { readBody } from '../azure/read-body'
import type { VaultHttp } from '../listen'
import type { Holds } from './holds'

const releaseSchema = z.object({ name: z.string().min(1) })
const loopbackHost = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i
const loopbackAddresses = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])

/**
 * The admin port: `GET /held`, `POST /release {"name"}`, `GET /health`. It has no credential, so it answers only peers on
 * loopback who also name loopback literally in Host (a page with a rebound DNS name does not), and takes only JSON, which
 * a foreign page can't send without asking first.
 */
export function adminApp(holds: Holds): Hono<VaultHttp> {
  const app = new Hono<VaultHttp>()
  app.use(async (context, next) => {
    const address = context.env.incoming.socket.remoteAddress ?? ''
    const host = context.req.header('host') ?? ''
    if (!loopbackAddresses.has(address) || !loopbackHost.test(host))
      return context.json({ error: 'loopback-only' }, 403)
    return next()
  })
  app.get('/health', (context) => context.json({ ok: true, pid: process.pid }))
  app.get('/held', (context) => context.json({ held: holds.held() }))
  app.post('/release', async (context) => {
    if (!/^application\/json\b/i.test(context.req.header('content-type') ?? ''))
      return context.json({ error: 'json-only' }, 415)
    const name = parseName(await readBody(context.req.raw, 4096))
    if (name === undefined) return context.json({ error: 'bad-request', message: 'Send {"name": "<key name>"}.' }, 400)
    return context.json({ released: holds.release(name) })
  })
  app.notFound((context) => context.json({ error: 'not-found' }, 404))
  app.onError((_error, context) => context.json({ error: 'bad-request' }, 400))
  return app
}

function parseName(body: Buffer | 'too-large'): string | undefined {
  if (body === 'too-large') return undefined
  try {
    return releaseSchema.parse(JSON.parse(body.toString('utf8'))).name
  } catch {
    return undefined
  }
}
