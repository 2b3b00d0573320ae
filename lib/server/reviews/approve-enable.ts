import 'server-only'
import { noteInIndex } from '../operations/note-in-index'
import { isCompromised } from '../stop/is-compromised'
import { approveRequested } from './approve-requested'
import { freeze } from './freeze'
import { buildEnableRequest, readFrozenEnable } from './rebuild-request'
import type { RequestedWork } from './requested-work'

/** The exact version is enabled, as it was when it was asked for. */
export const ENABLE_AGAIN: RequestedWork = {
  act: 'enable',
  kind: 'reenable_key',
  version: ({ keyVersion }) => keyVersion,
  facts: () => ({}),
  staleBecause: ({ row, requester, connection }, key) => {
    if (key.attributes.enabled) {
      return { code: 'request-changed', message: 'The version was enabled past Drawbridge in the meantime.' }
    }
    const rebuilt = freeze(buildEnableRequest(row.id, requester, connection, key, readFrozenEnable(row).schema))
    return rebuilt.sha256 === row.frozenSha256 ? undefined : { code: 'request-changed' }
  },
  // A mark made a moment ago stops it.
  barredBecause: async (tx, row) => ((await isCompromised(tx, row)) ? { code: 'compromised' } : undefined),
  send: (provider, { keyName, keyVersion }) =>
    provider.updateVersion({ name: keyName, version: keyVersion, enabled: true }),
  isDone: (_row, key) => key.attributes.enabled,
  notDoneBecause: () => 'nothing-reached-the-vault',
  noteBefore: async () => undefined,
  noteDone: noteInIndex,
}

export const approveEnable = approveRequested(ENABLE_AGAIN)
