import { describe, expect, it } from 'vitest'
import { aboutOf, expiryDaysFor, type Notice } from './notice'
import { noticeWords, oneLine } from './notice-words'

const NOW = new Date('2026-11-22T08:00:00Z')
const inHours = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000)

describe('an expiry', () => {
  it.each([
    [31 * 24, undefined],
    [30 * 24, 30],
    [7 * 24 + 1, 30],
    [7 * 24, 7],
    [24, 1],
    [0.1, 1],
    [0, undefined],
    [-1, undefined],
  ])('%d hours ahead is told by its nearest instant: %s', (hours, days) => {
    expect(expiryDaysFor(inHours(hours), NOW)).toBe(days)
  })

  it('that was moved is another', () => {
    const key = { connectionId: 'c', vaultName: 'v', keyName: 'k', days: 7 as const }
    const told = (expiresAt: string): Notice => ({ kind: 'key-expires', facts: { ...key, expiresAt } })
    expect(aboutOf(told('2026-11-25T00:00:00.000Z'))).not.toBe(aboutOf(told('2026-11-26T00:00:00.000Z')))
  })
})

describe('words', () => {
  it('hold a name in its line, whatever it is', () => {
    expect(oneLine('a\r\nBcc: x\u2028y\u202ez\0')).toBe('a Bcc: x y z')
    expect(oneLine('n'.repeat(500))).toHaveLength(200)
    const key = { connectionId: 'c', vaultName: 'v\nw', keyName: 'k\r\nSubject: x' }
    const facts = { ...key, expiresAt: '2026-11-25T00:00:00.000Z', days: 7 as const }
    const { subject, text } = noticeWords({ kind: 'key-expires', facts })
    expect(subject).toBe('The key k Subject: x expires within 7 days')
    expect(text).not.toMatch(/[\r\n]/)
  })
})
