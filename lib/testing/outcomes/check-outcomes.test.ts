import { describe, expect, it } from 'vitest'
import { checkOutcomes, type OUTCOME_RULES } from './check-outcomes'
import type { Logs } from './logs'

const at = new Date('2026-11-22T10:00:00Z')
const later = new Date('2026-11-22T10:05:00Z')

/** A key that was imported by one, enabled on another's approval, and of which every log tells the same. */
function sound() {
  const vault = 'v'
  const [keyName, version] = ['k', 'a1']
  return {
    told: [
      { act: 'import', vault, keyName, idempotencyKey: 'one', answer: { ok: true, status: 'awaiting_review' } },
      { act: 'enable', vault, keyName, idempotencyKey: 'two', answer: { ok: true, status: 'enabled' } },
    ] as Logs['told'][number][],
    vault: {
      acknowledged: [
        { vault, operation: 'import', name: keyName, version, status: 200 as number | null },
        { vault, operation: 'update', name: keyName, version, status: 200 as number | null },
      ],
      versions: [
        {
          vault,
          name: keyName,
          version,
          enabled: true,
          keyOps: ['sign', 'verify'],
          tags: { drawbridge: 'op-1', requires_review: 'false' } as Record<string, string>,
        },
      ],
    },
    ours: {
      operations: [
        {
          id: 'op-1',
          kind: 'import_key',
          vault,
          keyName,
          keyVersion: version,
          status: 'succeeded',
          code: null,
          startedAt: at,
          finishedAt: at,
          importId: 'i',
        },
        {
          id: 'op-2',
          kind: 'enable_key',
          vault,
          keyName,
          keyVersion: version,
          status: 'succeeded',
          code: null,
          startedAt: at,
          finishedAt: at,
          importId: 'i',
        },
      ] as Logs['ours']['operations'][number][],
      imports: [
        { id: 'i', vault, keyName, keyVersion: version, importerId: 'amara', status: 'enabled', frozenSha256: 'f' },
      ] as Logs['ours']['imports'][number][],
      approvals: [
        {
          importId: 'i',
          approverId: 'lucas',
          decision: 'approve',
          frozenSha256: 'f',
          actedAt: at as Date | null,
          voidedAt: null as Date | null,
        },
      ] as Logs['ours']['approvals'][number][],
      events: ['op-1', 'op-2'].flatMap((operationId) => [
        { operationId, phase: 'intended' },
        { operationId, phase: 'succeeded' },
      ]),
    },
    lastStart: at,
  }
}

type Sound = ReturnType<typeof sound>

/** The first of a list, to plant something in it. */
function first<T>(list: readonly T[]): T {
  const [one] = list
  if (one === undefined) throw new Error('nothing to plant in')
  return one
}
const last = <T>(list: readonly T[]): T => first(list.slice(-1))

const PLANTED: Record<keyof typeof OUTCOME_RULES, [string, (logs: Sound) => void][]> = {
  'every intent ends': [
    ['an intent that is open for ever', (logs) => Object.assign(last(logs.ours.operations), { status: 'pending' })],
    [
      'one that nobody knows the end of',
      (logs) => Object.assign(last(logs.ours.operations), { status: 'indeterminate' }),
    ],
    ['an outcome that came too late', (logs) => Object.assign(last(logs.ours.operations), { finishedAt: later })],
  ],
  'the record tells once': [
    ['two outcomes of one intent', (logs) => logs.ours.events.push({ operationId: 'op-1', phase: 'failed' })],
    ['an outcome without an event', (logs) => logs.ours.events.pop()],
    ['an event that tells another outcome', (logs) => Object.assign(last(logs.ours.events), { phase: 'failed' })],
    ['an intent without an event', (logs) => logs.ours.events.splice(0, 1)],
    ['an event of no intent', (logs) => logs.ours.events.push({ operationId: 'op-9', phase: 'intended' })],
  ],
  'no import is stuck': [
    ['an import that is enabling for ever', (logs) => Object.assign(first(logs.ours.imports), { status: 'enabling' })],
  ],
  'nothing is imported twice': [
    [
      'two versions of one intent',
      (logs) => logs.vault.versions.push({ ...first(logs.vault.versions), version: 'a2', enabled: false }),
    ],
    [
      'a second import that the vault took and then lost',
      (logs) => logs.vault.acknowledged.push({ ...first(logs.vault.acknowledged), version: 'a2', status: null }),
    ],
  ],
  'every version has its intent': [
    [
      'a version that came past the record',
      (logs) => logs.vault.versions.push({ ...first(logs.vault.versions), name: 'other', enabled: false, tags: {} }),
    ],
  ],
  'import outcomes are true': [
    ['a success that the vault does not hold', (logs) => logs.vault.versions.splice(0)],
    [
      'a failure that the vault holds',
      (logs) => Object.assign(first(logs.ours.operations), { status: 'failed', code: 'nothing-reached-the-vault' }),
    ],
  ],
  'what importers were told is so': [
    ['told that it arrived, and it is gone', (logs) => logs.vault.versions.splice(0)],
    [
      'told that nothing was sent, and it is there',
      (logs) => Object.assign(first(logs.told), { answer: { ok: false, code: 'audit-unavailable' } }),
    ],
  ],
  'nothing is enabled unapproved': [
    ['no approval at all', (logs) => logs.ours.approvals.splice(0)],
    ['an approval of its importer', (logs) => Object.assign(first(logs.ours.approvals), { approverId: 'amara' })],
    ['an approval of something else', (logs) => Object.assign(first(logs.ours.approvals), { frozenSha256: 'g' })],
    ['an approval that was voided', (logs) => Object.assign(first(logs.ours.approvals), { voidedAt: at })],
    ['an approval that is not used up', (logs) => Object.assign(first(logs.ours.approvals), { actedAt: null })],
    ['a review that still waits', (logs) => Object.assign(first(logs.ours.imports), { status: 'awaiting_review' })],
  ],
  'no window is left open': [
    [
      'a symmetric key enabled for its check value',
      (logs) =>
        Object.assign(first(logs.vault.versions), {
          keyOps: ['encrypt'],
          tags: { drawbridge: 'op-1', requires_review: 'true' },
        }),
    ],
  ],
  'no approval acts twice': [
    [
      'two enablings of one import',
      (logs) => {
        logs.ours.operations.push({ ...last(logs.ours.operations), id: 'op-3' })
      },
    ],
    ['a second change at the vault', (logs) => logs.vault.acknowledged.push({ ...last(logs.vault.acknowledged) })],
    [
      'a second change, cut after its commit',
      (logs) => logs.vault.acknowledged.push({ ...last(logs.vault.acknowledged), status: null }),
    ],
  ],
  'what is enabled on record is so': [
    ['enabled on record alone', (logs) => Object.assign(first(logs.vault.versions), { enabled: false })],
    [
      'told enabled, and the review waits',
      (logs) => {
        Object.assign(first(logs.vault.versions), { enabled: false })
        Object.assign(first(logs.ours.imports), { status: 'awaiting_review' })
      },
    ],
    [
      'told that nothing was changed, and it is enabled',
      (logs) => Object.assign(last(logs.told), { answer: { ok: false, code: 'vault-refused' } }),
    ],
  ],
  'what was stopped is so': [
    [
      'told that it is stopped, and it is enabled',
      (logs) =>
        logs.told.push({
          ...last(logs.told),
          act: 'disable',
          idempotencyKey: 'three',
          answer: { ok: true, status: null },
        }),
    ],
  ],
  'one key, one answer': [
    [
      'told that it was done, then that it was refused',
      (logs) => logs.told.push({ ...last(logs.told), answer: { ok: false, code: 'not-waiting' } }),
    ],
  ],
}

describe('the checker of outcomes', () => {
  it('finds nothing where the three logs agree', () => {
    expect(checkOutcomes(sound())).toEqual([])
  })

  it('takes an answer that leaves things open for no lie', () => {
    const logs = sound()
    logs.told.push(
      { ...last(logs.told), answer: { ok: false, code: 'outcome-unknown' } },
      { ...last(logs.told), answer: null },
    )
    expect(checkOutcomes(logs)).toEqual([])
  })

  const cases = Object.entries(PLANTED).flatMap(([rule, planted]) =>
    planted.map(([what, plant]) => ({ rule, what, plant })),
  )
  it.each(cases)('$rule: finds $what', ({ rule, plant }) => {
    const logs = sound()
    plant(logs)
    expect(checkOutcomes(logs).map((violation) => violation.rule)).toContain(rule)
  })
})
