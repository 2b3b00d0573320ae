import { describe, expect, it } from 'vitest'
import type { AuditEventView } from '@/lib/domain/audit/event'
import { eventDetails } from './event-details'

const event: AuditEventView = {
  id: '7',
  at: '2026-11-22T10:02:09.000Z',
  type: 'operation',
  phase: 'succeeded',
  words: 'Dana disabled payroll in contoso.',
  actorName: 'Dana',
  actorId: 'p',
  vaultName: 'contoso',
  connectionId: 'c',
  keyName: 'payroll',
  keyVersion: null,
  operationId: 'o',
  importId: null,
  code: null,
  vaultRequestId: null,
  details: {
    kind: 'disable_key',
    facts: { reason: 'lost card', attempts: 2, done: true, note: null },
    phases: ['a', 'b'],
  },
}

describe('the details of an event', () => {
  it('leave nothing out that was recorded, and nothing in that was not', () => {
    expect(eventDetails(event)).toEqual([
      { name: 'event', value: '7' },
      { name: 'type', value: 'operation' },
      { name: 'phase', value: 'succeeded' },
      { name: 'operation', value: 'o' },
      { name: 'kind', value: 'disable_key' },
      { name: 'facts.reason', value: 'lost card' },
      { name: 'facts.attempts', value: '2' },
      { name: 'facts.done', value: 'true' },
      { name: 'facts.note', value: 'null' },
      { name: 'phases', value: 'a, b' },
    ])
  })
})
