import type { VaultProvider } from '@/lib/providers/port'
import type { Context } from '../../context'

type Call =
  | 'updateVersion'
  | 'setReleasePolicy'
  | 'keyCheckValue'
  | 'getKey'
  | 'deleteKey'
  | 'releaseKey'
  | 'importTransferBlob'
  | 'createKey'

export interface Interruption {
  call: Call
  /** Which call of this name, from 1; every one when left out. */
  nth?: number
  /** Before it is sent, or after the vault has done it. */
  when: 'before' | 'after'
  error: Error
}

/** What a killed process looks like from within: nothing after it runs, and no service may take it for an answer. */
export class Killed extends Error {
  override readonly name = 'Killed'
}

/** The same console, with its way to the vaults broken at the given calls; everything else is real. */
export function interrupted(ctx: Context, interruptions: readonly Interruption[]): Context {
  const counts = new Map<Call, number>()
  return { ...ctx, provider: (connection) => breakAt(ctx.provider(connection), interruptions, counts) }
}

function breakAt(
  provider: VaultProvider,
  interruptions: readonly Interruption[],
  counts: Map<Call, number>,
): VaultProvider {
  const around = async <T>(call: Call, send: () => Promise<T>): Promise<T> => {
    const count = (counts.get(call) ?? 0) + 1
    counts.set(call, count)
    const hit = interruptions.find((each) => each.call === call && (each.nth === undefined || each.nth === count))
    if (hit?.when === 'before') throw hit.error
    const answer = await send()
    if (hit) throw hit.error
    return answer
  }
  return {
    listKeys: (options) => provider.listKeys(options),
    listVersions: (...given) => provider.listVersions(...given),
    listDeletedKeys: (options) => provider.listDeletedKeys(options),
    getDeletedKey: (...given) => provider.getDeletedKey(...given),
    createKek: (input) => provider.createKek(input),
    createKey: (input) => around('createKey', () => provider.createKey(input)),
    importTransferBlob: (input) => around('importTransferBlob', () => provider.importTransferBlob(input)),
    importPrivateJwk: (input) => provider.importPrivateJwk(input),
    checkHealth: () => provider.checkHealth(),
    getKey: (...given) => around('getKey', () => provider.getKey(...given)),
    updateVersion: (input) => around('updateVersion', () => provider.updateVersion(input)),
    setReleasePolicy: (input) => around('setReleasePolicy', () => provider.setReleasePolicy(input)),
    deleteKey: (name) => around('deleteKey', () => provider.deleteKey(name)),
    releaseKey: (input) => around('releaseKey', () => provider.releaseKey(input)),
    keyCheckValue: (...given) => around('keyCheckValue', () => provider.keyCheckValue(...given)),
  }
}
