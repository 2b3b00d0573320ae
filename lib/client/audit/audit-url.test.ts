import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AUDIT_PHASES } from '@/lib/domain/audit/event'
import { type AuditView, auditQuery, auditUrl, parseAuditUrl } from './audit-url'

const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10))
const view: fc.Arbitrary<AuditView> = fc.record({
  text: fc.string({ maxLength: 100 }).map((text) => text.trim()),
  fromDay: fc.oneof(fc.constant(''), day),
  toDay: fc.oneof(fc.constant(''), day),
  phases: fc.uniqueArray(fc.constantFrom(...AUDIT_PHASES)),
  page: fc.integer({ min: 1, max: 1000 }),
})

describe('the audit log’s address', () => {
  it('leads back to the very same view', () => {
    fc.assert(
      fc.property(view, (shown) => {
        expect(parseAuditUrl(auditUrl(shown))).toEqual(shown)
      }),
    )
  })

  it('is empty for the default view', () => expect(auditUrl(parseAuditUrl({}))).toEqual({}))

  it('drops zero bytes, for which the database would refuse the whole question', () => {
    expect(auditUrl(parseAuditUrl({ q: '\0key:a\0' }))).toEqual({ q: 'key:a' })
  })

  it('drops days that do not exist', () => {
    expect(auditUrl(parseAuditUrl({ from: '2026-02-30', to: 'yesterday' }))).toEqual({})
  })

  it('covers the last day whole', () => {
    const query = auditQuery(parseAuditUrl({ from: '2026-11-01', to: '2026-11-22' }))
    expect(query).toMatchObject({ from: '2026-11-01T00:00:00.000Z', to: '2026-11-22T23:59:59.999Z' })
  })
})
