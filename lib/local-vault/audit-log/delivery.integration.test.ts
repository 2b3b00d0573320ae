import { afterEach, describe, expect, it } from 'vitest'
import { askAdmin } from '../testing/raw-client'
import { readAuditRecords } from '../testing/read-audit-records'
import { startTestVault, type TestVault } from '../testing/start-test-vault'
import type { Delivery } from './delivery'

let vault: TestVault | undefined
afterEach(async () => {
  await vault?.stop()
  vault = undefined
})

async function startWith(auditLog: Partial<Delivery>): Promise<TestVault> {
  vault = await startTestVault({ auditLog })
  return vault
}

/** The names that were asked for, in the order of the lines. */
function namesIn({ description }: TestVault): string[] {
  return readAuditRecords(description).flatMap(({ operationName, properties }) =>
    operationName === 'KeyGet' ? [String(properties.id).split('/').at(-1) ?? ''] : [],
  )
}

const names = Array.from({ length: 12 }, (_unused, at) => `asked-${String(at).padStart(2, '0')}`)

async function askForAll({ raw }: TestVault): Promise<void> {
  for (const name of names) await raw('GET', `/keys/${name}`)
}

describe('the delivery of the audit log', () => {
  it('is prompt, single and in order unless a setting says otherwise', async () => {
    const started = await startWith({})
    await askForAll(started)
    expect(namesIn(started)).toEqual(names)
  })

  it('may be late: nothing before its time, everything when the clock has passed it', async () => {
    const started = await startWith({ delaySeconds: 600 })
    await askForAll(started)
    await askAdmin(started.description, '/clock', { advanceSeconds: 590 })
    expect(namesIn(started)).toEqual([])
    await askAdmin(started.description, '/clock', { advanceSeconds: 11 })
    expect(namesIn(started)).toEqual(names)
  })

  it('may be double: every third record twice, the copy the same', async () => {
    const started = await startWith({ duplicates: true })
    await askForAll(started)
    const records = readAuditRecords(started.description).map((record) => JSON.stringify(record))
    expect(new Set(records).size).toBe(names.length)
    expect(records).toHaveLength(names.length + names.length / 3)
  })

  it('may be out of order: everything is there in the end, not as it happened', async () => {
    const started = await startWith({ disorder: true })
    await askForAll(started)
    await askAdmin(started.description, '/clock', { advanceSeconds: 6 })
    expect(namesIn(started).toSorted()).toEqual(names)
    expect(namesIn(started)).not.toEqual(names)
  })
})
