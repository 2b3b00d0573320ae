import { RestError } from '@azure/core-rest-pipeline'
import { KeyClient } from '@azure/keyvault-keys'
import { installation } from './installation'
import { credential, loopback, officialClient } from './official-client'

/** The official client of one local vault: what stands beside the console and sees what it did. */
export function vaultKeys(kind: 'azure-key-vault' | 'azure-managed-hsm' = 'azure-key-vault'): KeyClient {
  const vault = installation().vaults.find((candidate) => candidate.kind === kind)
  if (!vault) throw new Error(`no vault of kind ${kind}`)
  return new KeyClient(vault.url, credential, loopback)
}

export interface HeldVersion {
  version: string
  enabled: boolean
}

/** Versions that the vault holds under a name, each with whether it is enabled; none when it never heard of it. */
export async function versionsOf(client: KeyClient, name: string): Promise<HeldVersion[]> {
  const versions: HeldVersion[] = []
  try {
    for await (const { version, enabled } of client.listPropertiesOfKeyVersions(name)) {
      versions.push({ version: version ?? '', enabled: enabled ?? false })
    }
  } catch (error) {
    if (!(error instanceof RestError && error.statusCode === 404)) throw error
  }
  return versions
}

/** What an application gets that signs with exactly this version. */
export async function trySigning(kid: string): Promise<string> {
  try {
    const { result } = await officialClient(kid).signData('ES256', new TextEncoder().encode('to be signed'))
    return result.length === 64 ? 'signed' : `a signature of ${result.length} bytes`
  } catch (error) {
    if (!(error instanceof RestError)) throw error
    return `refused ${error.statusCode}`
  }
}
