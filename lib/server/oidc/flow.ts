import 'server-only'
import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { OIDC_FLOW_SECONDS, oidcFlowCookie } from '../auth/session-cookie'
import { sealedCookie } from './sealed-cookie'

const checks = z.object({ state: z.string().min(1), nonce: z.string().min(1), verifier: z.string().min(1) })

/** What was begun in this browser: to sign in, or to confirm one act of one session. One at a time. */
const flowSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sign-in'), checks, destination: z.string() }),
  z.object({ kind: z.literal('step-up'), checks, stepUpId: z.uuid(), sessionId: z.uuid() }),
])
export type OidcFlow = z.infer<typeof flowSchema>
export type StepUpFlow = Extract<OidcFlow, { kind: 'step-up' }>

export const flowCookie = sealedCookie(flowSchema, oidcFlowCookie, OIDC_FLOW_SECONDS)

const digest = (text: string) => createHash('sha256').update(text).digest()

/** As it stands in the step-up's row. */
export const stateSha256 = (state: string) => digest(state).toString('hex')

/** Whether the answer belongs to what was begun here. */
export function isAnswerTo(flow: OidcFlow, answer: URLSearchParams): boolean {
  const [state, ...more] = answer.getAll('state')
  return state !== undefined && more.length === 0 && timingSafeEqual(digest(state), digest(flow.checks.state))
}
