import type { ImportStatus } from '@/lib/domain/imports/status'
import type { Logs } from './logs'

export const OUTCOME_WITHIN_MS = 60_000
const OUTCOMES: readonly string[] = ['succeeded', 'failed']

/** Every intent has an outcome, and had it in time. */
export function everyIntentEnds({ ours, lastStart }: Logs): string[] {
  return ours.operations.flatMap(({ id, kind, keyName, status, startedAt, finishedAt }) => {
    if (!OUTCOMES.includes(status)) return [`${kind} of ${keyName} (${id}) is still ${status}`]
    const from = lastStart && Math.max(lastStart.getTime(), startedAt.getTime())
    const late = from !== undefined && finishedAt && finishedAt.getTime() > from + OUTCOME_WITHIN_MS
    return late ? [`${kind} of ${keyName} (${id}) ended ${finishedAt.toISOString()}, too late`] : []
  })
}

/** The audit log tells of each intent once, and of its outcome once, as the intent's own row does. */
export function theRecordTellsOnce({ ours }: Logs): string[] {
  const known = new Set(ours.operations.map(({ id }) => id))
  const strays = ours.events.filter(({ operationId }) => !known.has(operationId))
  const told = ours.operations.flatMap(({ id, kind, keyName, status }) => {
    const phases = ours.events.filter(({ operationId }) => operationId === id).map(({ phase }) => phase)
    const intents = phases.filter((phase) => phase === 'intended').length
    const outcomes = phases.filter((phase) => OUTCOMES.includes(phase))
    if (intents !== 1) return [`${kind} of ${keyName} (${id}) has ${intents} events of its intent`]
    const expected = OUTCOMES.includes(status) ? [status] : []
    if (outcomes.join() === expected.join()) return []
    return [`${kind} of ${keyName} (${id}) is ${status}, its events say ${outcomes.join(', ') || 'nothing'}`]
  })
  return [...told, ...strays.map(({ operationId }) => `an event of ${operationId}, which is no intent`)]
}

/** While an import says that something is under way, an intent is open. */
const UNDER_WAY: readonly ImportStatus[] = ['uploading', 'indeterminate', 'enabling', 'rejecting']

export function noImportIsStuck({ ours }: Logs): string[] {
  return ours.imports.flatMap(({ id, keyName, status }) => {
    const open = ours.operations.some((one) => one.importId === id && !OUTCOMES.includes(one.status))
    return UNDER_WAY.includes(status) && !open ? [`import of ${keyName} is ${status}, and no intent is open`] : []
  })
}
