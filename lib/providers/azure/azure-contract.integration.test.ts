import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DefaultAzureCredential } from '@azure/identity'
import { describe, it } from 'vitest'
import { startLocalVault } from '@/lib/local-vault/server'
import { attest } from '@/lib/local-vault/testing/attest'
import { describeContract } from '../contract-suite'
import { createAzureProvider } from './create-azure-provider'
import { LocalCredential } from './local-credential'

const LOCAL = [
  { kind: 'azure-key-vault', takesOctBlobs: false, takesSoftwareKeys: true },
  { kind: 'azure-managed-hsm', takesOctBlobs: true, takesSoftwareKeys: false },
] as const

for (const { kind, ...takes } of LOCAL) {
  describeContract(`the local ${kind}`, async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'drawbridge-contract-'))
    const vault = await startLocalVault({ dataFolder })
    const { vaults, token, attestation } = vault.description
    const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' })
    const description = vaults.find((candidate) => candidate.kind === kind)
    if (!description) throw new Error(`no local vault of kind ${kind}`)
    const credential = new LocalCredential({
      tokenUrl: token.url,
      clientId: token.clientId,
      clientSecret: token.clientSecret,
    })
    return {
      provider: createAzureProvider({ url: description.url, credential }),
      ...takes,
      authority: { url: attestation.url, attest: (claims) => attest(vault.description, { key, claims }) },
      close: async () => {
        await vault.close()
        await rm(dataFolder, { recursive: true, force: true })
      },
    }
  })
}

/** Real accounts, signed in by the default credential. */
const REAL = [
  {
    label: 'an Azure Key Vault account',
    url: process.env.CONTRACT_AZURE_KEY_VAULT_URL,
    takesOctBlobs: false,
    takesSoftwareKeys: true,
  },
  {
    label: 'an Azure Managed HSM account',
    url: process.env.CONTRACT_AZURE_MANAGED_HSM_URL,
    takesOctBlobs: true,
    takesSoftwareKeys: false,
  },
]

for (const { label, url, ...takes } of REAL) {
  if (url) {
    describeContract(label, async () => ({
      provider: createAzureProvider({ url, credential: new DefaultAzureCredential() }),
      ...takes,
      authority: null,
      close: async () => undefined,
    }))
  } else describe(`the vault port, kept by ${label}`, () => it.skip('not configured', () => undefined))
}
