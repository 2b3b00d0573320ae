import 'server-only'
import { parseReleasePolicy } from '@/lib/domain/releases/parse-policy'
import { recordPolicy } from '../releases/policy-snapshots'
import { approveRequested } from '../reviews/approve-requested'
import type { RequestedWork } from '../reviews/requested-work'
import { heldNow, readFrozenChange } from './held-policy'
import { notePolicySet } from './note-policy-set'
import { storedTests, testsFailed } from './policy-tests'

/** The key gets exactly the policy that was proposed, in place of exactly the one it had. */
export const CHANGE_POLICY: RequestedWork = {
  act: 'change_policy',
  kind: 'change_policy',
  // The policy is the key's, and a proposal is about the latest version of then: a newer one makes it stale.
  version: () => undefined,
  facts: (row) => ({ immutable: readFrozenChange(row).after.immutable }),
  staleBecause: ({ row }, key) =>
    heldNow(readFrozenChange(row), key) === 'as-proposed-against'
      ? undefined
      : {
          code: 'request-changed',
          message:
            'The key’s release policy is not the one that this was proposed against. Nothing was sent; reject it, and propose anew.',
        },
  // The tests as they are stored now, also those that came after the proposal.
  barredBecause: async (tx, row) => {
    const read = parseReleasePolicy(readFrozenChange(row).after.text)
    return read.ok ? testsFailed(read.value, await storedTests(tx, row)) : { code: 'request-changed' }
  },
  send: (provider, row) => provider.setReleasePolicy({ name: row.keyName, ...readFrozenChange(row).after }),
  isDone: (row, key) => heldNow(readFrozenChange(row), key) === 'as-proposed',
  // A third policy: ours may have been there before it. Nobody can tell, and the outcome says so.
  notDoneBecause: (row, key) =>
    heldNow(readFrozenChange(row), key) === 'another' ? 'request-changed' : 'nothing-reached-the-vault',
  noteBefore: (ctx, held) => recordPolicy(ctx, { ...held, seenBy: 'read' }),
  noteDone: notePolicySet,
}

export const approvePolicyChange = approveRequested(CHANGE_POLICY)
