import type { ProblemCode } from '@/lib/domain/actions/action-result'
import type { ToldCall } from './logs'

/** Answers that leave open whether it happened, or tell that it did; every other one claims that nothing was done. */
const LEAVES_OPEN: readonly ProblemCode[] = ['outcome-unknown', 'still-running', 'substituted', 'check-value-unclear']

export function saysNothingWasDone(code: ProblemCode): boolean {
  return !LEAVES_OPEN.includes(code)
}

export function everyAnswerSaysNothingWasDone(calls: readonly ToldCall[]): boolean {
  return calls.length > 0 && calls.every(({ answer }) => answer?.ok === false && saysNothingWasDone(answer.code))
}

/** What was told, in words for a finding. */
export function codesOf(calls: readonly ToldCall[]): string {
  return calls.map(({ answer }) => (answer?.ok ? 'ok' : (answer?.code ?? 'nothing'))).join(', ')
}

/** Answers of a moment: the same key may get another one later. */
const FOR_NOW: readonly ProblemCode[] = [...LEAVES_OPEN, 'audit-unavailable', 'rate-limited', 'step-up-required']

/** One key, one answer: nobody is told that it was done and, asking again, that it was refused. */
export function oneKeyOneAnswer({ told }: { told: readonly ToldCall[] }): string[] {
  const settled = new Map<string, Set<string>>()
  for (const { act, keyName, idempotencyKey, answer } of told) {
    if (!answer || (!answer.ok && FOR_NOW.includes(answer.code))) continue
    const name = `${act} of ${keyName} (${idempotencyKey})`
    settled.set(name, (settled.get(name) ?? new Set()).add(answer.ok ? 'ok' : answer.code))
  }
  return [...settled].flatMap(([name, answers]) =>
    answers.size > 1 ? [`${name} was answered ${[...answers].join(' and ')}`] : [],
  )
}
