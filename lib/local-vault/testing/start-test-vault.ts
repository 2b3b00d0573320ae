import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KeyClient } from '@azure/keyvault-keys'
import type { AcknowledgedCall } from '../acknowledged-log'
import { type LocalVaultDescription, type LocalVaultOptions, startLocalVault } from '../server'
import { fetchToken, rawClient } from './raw-client'

export const loopbackOptions = { allowInsecureConnection: true, disableChallengeResourceVerification: true }

/** A clock that a test moves. */
type TestClock = { now: () => number; advance(seconds: number): void }

function testClock(): TestClock {
  let offset = 0
  return {
    now: () => Date.now() + offset,
    advance(seconds) {
      offset += seconds * 1000
    },
  }
}

/** A local vault in this process on a new folder, with an official and a raw client for each of its two vaults. */
export async function startTestVault(options: Pick<LocalVaultOptions, 'vaults' | 'clients' | 'tls' | 'auditLog'> = {}) {
  const dataFolder = mkdtempSync(join(tmpdir(), 'local-vault-'))
  const clock = testClock()
  const vault = await startLocalVault({ ...options, dataFolder, now: clock.now })
  const clients = clientsOf(vault.description)
  return {
    ...clients,
    dataFolder,
    clock,
    description: vault.description,
    acknowledged: () => readAcknowledged(dataFolder),
    async stop() {
      await vault.close()
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

export type TestVault = Awaited<ReturnType<typeof startTestVault>>

export function clientsOf(description: LocalVaultDescription) {
  const [keyVault, managedHsm, standard] = description.vaults
  if (!keyVault || !managedHsm) throw new Error('The description names two vaults.')
  return {
    credential: testCredential(description),
    sdk: new KeyClient(keyVault.url, testCredential(description), loopbackOptions),
    hsmSdk: new KeyClient(managedHsm.url, testCredential(description), loopbackOptions),
    raw: rawClient(description, keyVault.url, 'https://vault.azure.net'),
    rawStandard: rawClient(description, standard?.url ?? '', 'https://vault.azure.net'),
    rawHsm: rawClient(description, managedHsm.url, 'https://managedhsm.azure.net'),
  }
}

function testCredential(description: LocalVaultDescription) {
  return {
    async getToken(scopes: string | string[]) {
      const token = await fetchToken(description, [scopes].flat().join(' '))
      return { token, expiresOnTimestamp: Date.now() + 3_000_000 }
    },
  }
}

export function readAcknowledged(dataFolder: string): AcknowledgedCall[] {
  const lines = readFileSync(join(dataFolder, 'acknowledged.jsonl'), 'utf8').split('\n').filter(Boolean)
  // Written by openAcknowledgedLog alone.
  return lines.map((line) => JSON.parse(line) as AcknowledgedCall)
}
