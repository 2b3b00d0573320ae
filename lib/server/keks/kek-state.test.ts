import { describe, expect, it } from 'vitest'
import { kekState } from './kek-state'

const now = new Date('2026-11-22T10:00:00Z')
const before = new Date('2026-11-21T10:00:00Z')
const later = new Date('2026-11-23T10:00:00Z')
const seen = { enabled: true, notBefore: null, deleted: false }
const active = { status: 'active' as const, expiresAt: null, seen: null }

describe('the state of a KEK', () => {
  it.each([
    ['made here and not yet in the index', active, 'usable'],
    ['seen enabled', { ...active, seen }, 'usable'],
    ['seen disabled', { ...active, seen: { ...seen, enabled: false } }, 'disabled'],
    ['seen deleted', { ...active, seen: { ...seen, deleted: true } }, 'deleted'],
    ['past its expiry', { ...active, expiresAt: before }, 'expired'],
    ['expiring tomorrow', { ...active, expiresAt: later }, 'usable'],
    ['not valid before tomorrow', { ...active, seen: { ...seen, notBefore: later } }, 'not_yet_valid'],
    ['retired here, whatever was seen before', { ...active, status: 'retired_disabled' as const, seen }, 'disabled'],
    ['deleted here', { ...active, status: 'retired_deleted' as const, seen }, 'deleted'],
    ['being created', { ...active, status: 'creating' as const }, 'creating'],
    ['that failed', { ...active, status: 'failed' as const }, 'failed'],
  ])('%s', (_title, facts, state) => {
    expect(kekState(facts, now)).toBe(state)
  })
})
