import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { ActionResult, ProblemCode } from '@/lib/domain/actions/action-result'
import { signIn } from '../../bench/support/sign-in.mjs'
import type { Ground, Officer } from './ground'

/** What came back: an action's answer, or nothing that a client could make sense of. */
export type Told = ActionResult<unknown> | null

/** Somebody who is signed in and sends actions as a browser does, by HTTP. */
export interface OfficerClient {
  /** An exported action of the build by name, such as `submitImportAction`; never throws for a console that is gone. */
  act: (action: string, call: Call) => Promise<Told>
  /** Gives the fresh proof that the act asks for, so that sending it later takes no time. */
  prove: (action: string, input: unknown) => Promise<void>
}

interface Call {
  idempotencyKey: string
  input: unknown
}

interface Manifest {
  node: Record<string, { exportedName: string; workers: Record<string, unknown> }>
}

/** The build's own list of its actions. */
function findAction(name: string): { id: string; path: string } {
  const manifest = JSON.parse(readFileSync('.next/server/server-reference-manifest.json', 'utf8')) as Manifest // the build's
  const found = Object.entries(manifest.node).find(([, { exportedName }]) => exportedName === name)
  const page = Object.keys(found?.[1].workers ?? {})[0]
  if (!found || !page) throw new Error(`the build knows no action ${name}`)
  const route = page
    .replace(/^app/, '')
    .replaceAll(/\/\([^)]*\)/g, '')
    .replace(/\/page$/, '')
  return { id: found[0], path: route.replaceAll(/\[[^\]]*\]/g, crypto.randomUUID()) || '/' }
}

type EncodeReply = (value: unknown) => Promise<string | FormData>

/** React's own encoding of an action's arguments, from the copy that the build uses. */
function encoder(): EncodeReply {
  const require = createRequire(import.meta.url)
  return require('next/dist/compiled/react-server-dom-webpack/client.edge').encodeReply
}

export async function signInAs(ground: Ground, officer: Officer): Promise<OfficerClient> {
  const cookie = await signIn({ url: ground.url, local: { officers: [officer] } }, officer.roles[0] ?? '')
  const encodeReply = encoder()
  const touch = touchingNowAndThen(ground, cookie)
  const post: OfficerClient['act'] = async (name, call) => {
    await touch()
    const { id, path } = findAction(name)
    const headers = {
      'next-action': id,
      accept: 'text/x-component',
      origin: ground.url,
      'sec-fetch-site': 'same-origin',
      cookie,
    }
    try {
      const body = await encodeReply([call])
      const response = await fetch(`${ground.url}${path}`, { method: 'POST', headers, body, redirect: 'manual' })
      return answerIn(await response.text())
    } catch (error) {
      if (isLostConnection(error)) return null
      throw error
    }
  }
  /** False: it asks for none, or none could be given now. */
  const proveFor = async (told: Told): Promise<boolean> => {
    if (told === null || told.ok || !told.problem.stepUp) return false
    const input = { stepUpId: told.problem.stepUp.id, password: officer.password }
    const proven = await post('stepUpByPassword', { idempotencyKey: crypto.randomUUID(), input })
    return proven?.ok ?? false
  }
  return {
    act: async (name, call) => {
      const told = await post(name, call)
      return (await proveFor(told)) ? post(name, call) : told
    },
    prove: async (name, input) => {
      const told = await post(name, { idempotencyKey: crypto.randomUUID(), input })
      if (!(await proveFor(told))) throw new Error(`no proof for ${name}: ${codeOf(told)}`)
    },
  }
}

const TOUCH_EVERY_MS = 60_000

/** Acts alone don't keep a session open: an officer's hands do, by what a page sends when it is touched. */
function touchingNowAndThen(ground: Ground, cookie: string): () => Promise<void> {
  let touchedAt = Date.now()
  const headers = { origin: ground.url, 'sec-fetch-site': 'same-origin', cookie }
  return async () => {
    if (Date.now() - touchedAt < TOUCH_EVERY_MS) return
    const answer = await fetch(`${ground.url}/api/session`, { method: 'POST', headers }).catch((error: unknown) => {
      if (isLostConnection(error)) return undefined
      throw error
    })
    if (answer?.ok) touchedAt = Date.now()
  }
}

const isLostConnection = (error: unknown) =>
  error instanceof TypeError || (error instanceof Error && error.name === 'AbortError')

/** The row of the answer's stream that is the action's own value. */
function answerIn(stream: string): Told {
  const text = /^[0-9a-f]+:(\{"ok":.*\})$/m.exec(stream)?.[1]
  return text === undefined ? null : (JSON.parse(text) as ActionResult<unknown>) // the door answers nothing else
}

export function codeOf(told: Told): ProblemCode | 'ok' | 'nothing' {
  if (told === null) return 'nothing'
  return told.ok ? 'ok' : told.problem.code
}
