import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { encode } from 'next-auth/jwt'
import { z } from 'zod'
import type { Role } from '@/lib/domain/people/roles'
import { sql } from './database'
import { dataFolder, installation } from './installation'
import { personWith } from './people'

/** What is the matter with a session, as it stands in its row. */
const SESSIONS = {
  live: {},
  expired: { expires_at: "now() - interval '1 second'" },
  idle: { last_use_at: "now() - interval '16 minutes'" },
  ended: { ended_at: 'now()' },
  'second factor owed': { second_factor_until: "now() + interval '10 minutes'" },
  'second factor owed too long': { second_factor_until: "now() - interval '1 second'" },
} as const satisfies Record<string, Record<string, string>>
export type SessionState = keyof typeof SESSIONS
export const SESSION_STATES = Object.keys(SESSIONS) as SessionState[] // keys of a const object

function authSecret(): string {
  const text = readFileSync(path.join(dataFolder(), 'secrets.json'), 'utf8')
  return z.object({ authSecret: z.string() }).parse(JSON.parse(text)).authSecret
}

/** A cookie for a session row of this state, of somebody with exactly these roles: signing in has tests of its own. */
export async function cookieFor(roles: readonly Role[], state: SessionState = 'live'): Promise<string> {
  const { email } = await personWith(roles)
  const sid = randomUUID()
  const row = {
    id: `'${sid}'`,
    person_id: 'person.id',
    created_at: 'now()',
    last_use_at: 'now()',
    expires_at: "now() + interval '8 hours'",
    ...SESSIONS[state],
  }
  await sql(
    `INSERT INTO session (${Object.keys(row).join(', ')}) SELECT ${Object.values(row).join(', ')} FROM person WHERE email = $1`,
    [email],
  )
  return cookieOfSession(sid)
}

export async function cookieOfSession(sid: string, secret = authSecret()): Promise<string> {
  return `drawbridge.session=${await encode({ token: { sid }, secret })}`
}

export interface Asked {
  status: number
  location: string | null
  headers: http.IncomingHttpHeaders
  body: string
}

export interface Ask {
  method?: string
  cookie?: string
  headers?: Record<string, string>
  body?: string
}

/** One request on a connection of its own, its address sent exactly as it is written. */
export function ask(target: string, { method = 'GET', cookie, headers = {}, body }: Ask = {}): Promise<Asked> {
  const { hostname, port } = new URL(installation().console.url)
  const all = { ...(cookie ? { cookie } : {}), ...headers }
  return new Promise((resolve, reject) => {
    const call = http.request({ hostname, port, path: target, method, headers: all, agent: false }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.once('error', reject)
      answer.once('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          location: answer.headers.location ?? null,
          headers: answer.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      )
    })
    call.once('error', reject)
    call.end(body)
  })
}
