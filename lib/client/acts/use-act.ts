'use client'

import { useRef, useState } from 'react'
import {
  type Action,
  type ActionResult,
  PROBLEM_WORDS,
  type Problem,
  type ProblemCode,
} from '@/lib/domain/actions/action-result'
import { sessionEnded } from '../session/session-store'
import { refusedOutside } from './refused-outside'
import { confirmIdentity } from './step-up-desk'

/** Answers after which the same request may still be running or was never read: the key that names it is kept. */
const KEEP_KEY: readonly ProblemCode[] = [
  'still-running',
  'outcome-unknown',
  'signed-out',
  'wrong-origin',
  'step-up-required',
]

/**
 * One act of one form: a second call while the first is under way is ignored, and every call carries an idempotency
 * key that changes only when the console has given a final answer. A lost answer therefore never sends an act twice.
 * Where the console asks who is there, the page's one dialog asks the officer, and the very same call is sent again.
 */
export function useAct<Input, Output>(action: Action<Input, Output>) {
  const key = useRef<string | undefined>(undefined)
  const running = useRef(false)
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)

  /** The console's answer (a refusal stands in `problem` too); undefined when the act is under way already. */
  async function act(input: Input): Promise<ActionResult<Output> | undefined> {
    if (running.current) return undefined
    running.current = true
    setPending(true)
    setProblem(null)
    const result = await performAct(action, key, input)
    running.current = false
    setPending(false)
    if (!result.ok) setProblem(result.problem)
    return result
  }

  return { act, pending, problem }
}

/** Where an act's idempotency key is kept between its tries. */
export interface ActKey {
  current: string | undefined
}

/** The same without a form: one try of an act whose key outlives it until the console has given a final answer. */
export async function performAct<Input, Output>(
  action: Action<Input, Output>,
  key: ActKey,
  input: Input,
): Promise<ActionResult<Output>> {
  key.current ??= crypto.randomUUID()
  const idempotencyKey = key.current
  const result = await untilProven(() => action({ idempotencyKey, input }).catch(lost))
  if (isFinal(result)) key.current = undefined
  if (!result.ok && result.problem.code === 'signed-out') sessionEnded()
  return result
}

/** The dialog ends it: it says yes, or the officer leaves it. */
async function untilProven<Output>(send: () => Promise<ActionResult<Output>>): Promise<ActionResult<Output>> {
  for (;;) {
    const result = await send()
    if (result.ok || !result.problem.stepUp) return result
    if (!(await confirmIdentity(result.problem.stepUp))) return unproven(result.problem)
  }
}

const unproven = (problem: Problem): ActionResult<never> => ({
  ok: false,
  problem: { code: problem.code, message: NOT_CONFIRMED, requestId: problem.requestId },
})

const NOT_CONFIRMED = 'You did not confirm that it is you, so nothing was done. What you typed stays here.'

const LOST = new WeakSet<Problem>()

function isFinal(result: ActionResult<unknown>): boolean {
  return result.ok || (!LOST.has(result.problem) && !KEEP_KEY.includes(result.problem.code))
}

/** The act may be under way or done, though its answer never came: whatever is sent again must be the very same. */
export function mayHaveRun(problem: Problem): boolean {
  return LOST.has(problem) || problem.code === 'still-running' || problem.code === 'outcome-unknown'
}

/**
 * The outermost door refused it, in words that React hands on as the error's: nothing was done. Else the connection broke,
 * or the console stopped: nothing is known, so the next try carries the same key.
 */
function lost(cause: unknown): ActionResult<never> {
  const refused = refusedOutside(cause)
  if (refused) return { ok: false, problem: refused }
  console.warn('the console did not answer', cause instanceof Error ? cause.name : typeof cause)
  const problem: Problem = {
    code: 'unexpected',
    message: 'The console did not answer. What you typed stays here: try again, it is not done twice.',
    requestId: '',
  }
  LOST.add(problem)
  return { ok: false, problem }
}

/** A problem as one says it: its sentence and, where there is one, our request id. */
export function problemWords(problem: Problem): string {
  const words = problem.message || PROBLEM_WORDS[problem.code]
  return problem.requestId ? `${words} Request ${problem.requestId}.` : words
}
