import 'server-only'
import type { ProblemCode } from '@/lib/domain/actions/action-result'
import type { VaultKey, VaultProvider } from '@/lib/providers/port'
import type { ConnectionRow, Context, ServiceError } from '../context'
import type { EnableRequest, RequestedAct } from '../db/generated/client'
import type { Transaction } from '../db/transaction'
import type { NewOperation } from '../operations/begin-operation'
import type { LoadedEnableRequest } from './load-enable-request'

/** A key as a vault holds it, and which vault. */
export interface HeldKey {
  connection: ConnectionRow
  key: VaultKey
}

/**
 * What one kind of request asks of the vault, and how one sees there what came of it. Who may decide, what an approval covers
 * and how long it serves, intent, outcome and reconciliation are the same for every kind: `approve-requested.ts`.
 */
export interface RequestedWork {
  act: RequestedAct
  kind: 'reenable_key' | 'change_policy'
  /** Which version is looked at, before and after; undefined: the latest. */
  version: (row: EnableRequest) => string | undefined
  /** Of the intent, beside the frozen request's digest. */
  facts: (row: EnableRequest) => NewOperation['facts']
  /** Why the vault's key is not what was asked about any more; undefined where it is. */
  staleBecause: (loaded: LoadedEnableRequest, key: VaultKey) => ServiceError | undefined
  /** Read in the transaction of the intent: why it may not be done now. */
  barredBecause: (tx: Transaction, row: EnableRequest) => Promise<ServiceError | undefined>
  send: (provider: VaultProvider, row: EnableRequest) => Promise<unknown>
  isDone: (row: EnableRequest, key: VaultKey) => boolean
  /** Of a key that was not seen done after the deadline: what is known of it. */
  notDoneBecause: (row: EnableRequest, key: VaultKey) => ProblemCode
  /** Keeps what was read before anything is sent. */
  noteBefore: (ctx: Context, held: HeldKey) => Promise<void>
  /** Keeps what was read after it was done. Never throws for the database or the vault: the outcome stands already. */
  noteDone: (ctx: Context, held: HeldKey) => Promise<void>
}
