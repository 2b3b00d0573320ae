import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { type ContractWorld, failureOf, importBlob } from './contract-world'
import { EC_P256 } from './key-types'

/** What is there, and what is not, any more or ever. */
export function presenceCases(world: () => ContractWorld): void {
  it('lists a key until it is deleted, then among the deleted, and blocks its name', async () => {
    const { keyName } = await importBlob(world(), EC_P256)
    expect(await names(world().subject.provider.listKeys())).toContain(keyName)
    expect((await world().subject.provider.getDeletedKey(keyName)).value).toBeNull()
    await world().subject.provider.deleteKey(keyName)
    await expect
      .poll(async () => (await world().subject.provider.getDeletedKey(keyName)).value?.name, { timeout: 30_000 })
      .toBe(keyName)
    expect(await names(world().subject.provider.listKeys())).not.toContain(keyName)
    expect(await names(world().subject.provider.listDeletedKeys())).toContain(keyName)
    expect(await failureOf(importBlob(world(), EC_P256, keyName))).toMatchObject({
      code: 'name-soft-deleted',
      certainty: 'refused',
    })
  })

  it('says of a name that is not there that it is not there', async () => {
    expect(await failureOf(world().subject.provider.getKey(`contract-none-${randomUUID()}`))).toMatchObject({
      code: 'key-not-found',
    })
  })
}

async function names(keys: AsyncIterable<{ name: string }>): Promise<string[]> {
  const found: string[] = []
  for await (const key of keys) found.push(key.name)
  return found
}
