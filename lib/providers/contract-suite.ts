import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LATEST_VAULT_TIME } from '@/lib/domain/keys/vault-time'
import { type ContractSubject, type ContractWorld, openWorld } from './contract/contract-world'
import { importCases } from './contract/import-cases'
import { presenceCases } from './contract/presence-cases'
import { releaseCases } from './contract/release-cases'
import { versionCases } from './contract/version-cases'

/** What every provider must do, whatever stands behind it. Makes keys of its own and deletes them again. */
export function describeContract(name: string, start: () => Promise<ContractSubject>): void {
  describe(`the vault port, kept by ${name}`, () => {
    let opened: ContractWorld | undefined
    const world = () => {
      if (!opened) throw new Error('before the contract’s world was opened')
      return opened
    }
    beforeAll(async () => {
      opened = await openWorld(start)
    })
    afterAll(() => opened?.close())

    it('makes a KEK that may import and nothing else, and says which version it is', () => {
      const { kek } = world()
      expect(kek).toMatchObject({ kty: 'RSA-HSM', sizeOrCurve: '2048', keyOps: ['import'], tags: { contract: 'yes' } })
      expect(kek.kid).toMatch(/\/keys\/[^/]+\/[0-9a-f]{32}$/)
      expect(kek.attributes).toMatchObject({ enabled: true, expiresAt: null })
    })

    it('sends no time that would arrive as another', async () => {
      const tooLate = {
        name: world().fresh('late'),
        bits: 2048,
        expiresAt: new Date(LATEST_VAULT_TIME.getTime() + 1),
        tags: {},
      }
      await expect(async () => world().subject.provider.createKek({ ...tooLate, bits: 2048 })).rejects.toThrow(
        RangeError,
      )
    })

    it('answers a health check with how long it took', async () => {
      expect(await world().subject.provider.checkHealth()).toMatchObject({
        state: 'answering',
        latencyMs: expect.any(Number),
      })
    })

    importCases(world)
    versionCases(world)
    releaseCases(world)
    presenceCases(world)
  })
}
