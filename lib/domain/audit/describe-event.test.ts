import { describe, expect, it } from 'vitest'
import { OPERATION_KINDS } from '../operations/operation'
import { describeEvent } from './describe-event'
import { AUDIT_EVENT_TYPES, AUDIT_PHASES } from './event'
import type { DescribedEvent } from './told'

const event: DescribedEvent = {
  type: 'operation',
  phase: 'succeeded',
  actorName: 'Amara Okafor',
  vaultName: 'contoso',
  keyName: 'payments',
  keyVersion: '0123456789abcdef0123456789abcdef',
  code: null,
  details: { kind: 'disable_key', facts: { reason: 'Seen in a log' } },
}

describe('an event in words', () => {
  it('is one sentence for every type, phase and kind of operation, whatever is missing', () => {
    const kinds = [undefined, ...OPERATION_KINDS]
    for (const type of AUDIT_EVENT_TYPES) {
      for (const phase of AUDIT_PHASES) {
        for (const kind of kinds) {
          const bare = { actorName: null, vaultName: null, keyName: null, keyVersion: null, code: null }
          const words = describeEvent({ type, phase, ...bare, details: kind ? { kind, facts: {} } : {} })
          expect(words).toMatch(/^[A-Z].{8,}[^,]\.$/)
          expect(words).not.toMatch(/undefined|null|\[object/)
        }
      }
    }
  })

  it('names whose sign-in was refused, where that is known', () => {
    const refused = { ...event, type: 'sign-in.refused', phase: 'refused', details: { knownPerson: true } } as const
    expect(describeEvent(refused)).toBe('A sign-in as Amara Okafor was refused.')
    expect(describeEvent({ ...refused, actorName: null })).toBe('A sign-in as somebody was refused.')
    expect(describeEvent({ ...refused, details: { issuer: 'https://id.example', subject: '7' } })).toBe(
      'A sign-in as 7 (7 at https://id.example) was refused.',
    )
  })

  it('says who did what to which key in which vault, and why', () => {
    expect(describeEvent(event)).toBe(
      'Amara Okafor disabled payments, version 01234567…, in contoso, giving the reason “Seen in a log”.',
    )
    expect(describeEvent({ ...event, phase: 'failed', code: 'vault-unreachable', details: event.details })).toContain(
      'failed to disable payments, version 01234567…, in contoso (vault-unreachable)',
    )
  })

  it.each([
    ['change_policy', 'approved another release policy for payments, version 01234567…, in contoso'],
    ['enable', 'approved the request to enable payments, version 01234567…, in contoso'],
    [undefined, 'approved payments, version 01234567…, in contoso'],
  ])('says what an approval was of: %s', (asks, words) => {
    const details = asks ? { asks } : {}
    expect(describeEvent({ ...event, type: 'review.approved', phase: 'noted', details })).toBe(`Amara Okafor ${words}.`)
    expect(describeEvent({ ...event, type: 'review.rejected', phase: 'noted', details })).toBe(
      `Amara Okafor ${words.replace('approved', 'rejected')}.`,
    )
  })

  it('names the console where nobody acted', () => {
    expect(describeEvent({ ...event, actorName: null })).toMatch(/^Drawbridge disabled/)
  })
})
