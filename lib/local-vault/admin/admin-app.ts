import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { readBody } from '../azure/read-body'
import { type Clock, furthestMoveSeconds } from '../clock'
import type { VaultHttp } from '../listen'
import type { Holds } from './holds'

const releaseSchema = z.object({ name: z.string().min(1) })
const clockSchema = z.union([
  z.strictObject({ advanceSeconds: z.int().min(0).max(furthestMoveSeconds) }),
  z.strictObject({ at: z.int().min(0) }),
])
const clockUsage = `Send {"advanceSeconds": <0 to ${furthestMoveSeconds}>} or {"at": <Unix seconds, at most as far ahead>}.`
const loopbackHost = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i
const loopbackAddresses = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])

export type AdminParts = {
  holds: Holds
  clock: Clock
  /** Does what has come due by the clock; resolves when it is done. */
  settle: () => Promise<void>
}

/**
 * The admin port: `GET /held`, `POST /release {"name"}`, `GET /clock`, `POST /clock`, `GET /health`. It has no credential, so
 * it answers only peers on loopback who also name loopback literally in Host (a page with a rebound DNS name does not), and
 * takes only JSON, which a foreign page can't send without asking first.
 */
export function adminApp({ holds, clock, settle }: AdminParts): Hono<VaultHttp> {
  const app = new Hono<VaultHttp>()
  app.use(async (context, next) => {
    const address = context.env.incoming.socket.remoteAddress ?? ''
    const host = context.req.header('host') ?? ''
    if (!loopbackAddresses.has(address) || !loopbackHost.test(host))
      return context.json({ error: 'loopback-only' }, 403)
    if (context.req.method === 'POST' && !/^application\/json\b/i.test(context.req.header('content-type') ?? ''))
      return context.json({ error: 'json-only' }, 415)
    return next()
  })
  app.get('/health', (context) => context.json({ ok: true, pid: process.pid }))
  app.get('/held', (context) => context.json({ held: holds.held() }))
  app.post('/release', async (context) => {
    const wanted = await readJson(context, releaseSchema)
    if (!wanted) return context.json({ error: 'bad-request', message: 'Send {"name": "<key name>"}.' }, 400)
    return context.json({ released: holds.release(wanted.name) })
  })
  app.get('/clock', (context) => context.json(readClock(clock)))
  app.post('/clock', async (context) => {
    const wanted = await readJson(context, clockSchema)
    const ms = wanted && momentOf(wanted, clock)
    if (ms === undefined) return context.json({ error: 'bad-request', message: clockUsage }, 400)
    clock.moveTo(ms)
    await settle()
    return context.json(readClock(clock))
  })
  app.notFound((context) => context.json({ error: 'not-found' }, 404))
  app.onError((_error, context) => context.json({ error: 'bad-request' }, 400))
  return app
}

/** Unix seconds, beside them in words. */
function readClock(clock: Clock): { at: number; time: string } {
  const now = clock.now()
  return { at: Math.floor(now / 1000), time: new Date(now).toISOString() }
}

/** Milliseconds; undefined where that is too far ahead. */
function momentOf(wanted: z.infer<typeof clockSchema>, clock: Clock): number | undefined {
  if ('advanceSeconds' in wanted) return clock.now() + wanted.advanceSeconds * 1000
  return wanted.at * 1000 - clock.now() <= furthestMoveSeconds * 1000 ? wanted.at * 1000 : undefined
}

async function readJson<T>(context: Context<VaultHttp>, schema: z.ZodType<T>): Promise<T | undefined> {
  const body = await readBody(context.req.raw, 4096)
  if (body === 'too-large') return undefined
  try {
    return schema.parse(JSON.parse(body.toString('utf8')))
  } catch {
    return undefined
  }
}
