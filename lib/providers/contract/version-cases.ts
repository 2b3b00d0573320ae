import { expect, it } from 'vitest'
import { type ContractWorld, failureOf, importBlob } from './contract-world'
import { AES_256, EC_P256 } from './key-types'

/** Exactly the version that is named. */
export function versionCases(world: () => ContractWorld): void {
  it('adds a version on each import of a name, and lists all of them with their tags', async () => {
    const { keyName, answer } = await importBlob(world(), EC_P256)
    const second = await importBlob(world(), EC_P256, keyName)
    const { value: versions } = await world().subject.provider.listVersions(keyName)
    expect(versions.map((listed) => listed.version).sort()).toEqual(
      [answer.value.version, second.answer.value.version].sort(),
    )
    expect(versions.every((listed) => listed.tags.drawbridge === 'contract' && !listed.attributes.enabled)).toBe(true)
    expect((await world().subject.provider.getKey(keyName)).value.version).toBe(second.answer.value.version)
    expect((await world().subject.provider.getKey(keyName, answer.value.version)).value.version).toBe(
      answer.value.version,
    )
  })

  it('changes exactly the version that is named, and only what is named', async () => {
    const { keyName, answer } = await importBlob(world(), EC_P256)
    const second = await importBlob(world(), EC_P256, keyName)
    await world().subject.provider.updateVersion({
      name: keyName,
      version: answer.value.version,
      enabled: true,
      tags: { reviewed: 'yes' },
    })
    const { value: changed } = await world().subject.provider.getKey(keyName, answer.value.version)
    expect(changed).toMatchObject({
      attributes: { enabled: true, expiresAt: answer.value.attributes.expiresAt },
      tags: { reviewed: 'yes' },
    })
    expect([...changed.keyOps].sort()).toEqual(['sign', 'verify'])
    const { value: untouched } = await world().subject.provider.getKey(keyName, second.answer.value.version)
    expect(untouched.attributes.enabled).toBe(false)
  })

  it('tells the key check value of an enabled symmetric key, and refuses it of a disabled one', async () => {
    if (!world().subject.takesOctBlobs) return
    const { keyName, answer, plaintext } = await importBlob(world(), AES_256)
    const { version } = answer.value
    expect(await failureOf(world().subject.provider.keyCheckValue(keyName, version, 256))).toMatchObject({
      code: 'key-disabled',
    })
    await world().subject.provider.updateVersion({ name: keyName, version, enabled: true, keyOps: ['encrypt'] })
    expect((await world().subject.provider.keyCheckValue(keyName, version, 256)).value).toBe(plaintext.keyCheckValue)
  })
}
