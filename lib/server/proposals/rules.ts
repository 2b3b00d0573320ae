import 'server-only'
import type { FrozenProposal } from '@/lib/domain/proposals/frozen-proposal'
import type { ProposalKind } from '@/lib/domain/proposals/kinds'
import type { Result } from '@/lib/domain/result'
import type { Actor, Context, ServiceError } from '../context'
import type { Transaction } from '../db/transaction'

/** One confirmation under way: everything is written by `tx`, and nothing has an effect outside it. */
export interface ConfirmingAct<Kind extends ProposalKind> {
  ctx: Context
  tx: Transaction
  confirmer: Actor
  frozen: FrozenProposal<Kind>
  reason: string
  at: Date
  /** What only the confirmer's browser can give: see `lib/server/people/invitation.ts`. */
  invitationSha256: string | null
}

/** What a kind adds to the common way of a proposal. One file a kind, in `kinds/`. */
export interface ProposalRules<Kind extends ProposalKind> {
  /**
   * Asked when it is proposed and again, in the confirming transaction, when it is confirmed: is `before` the present
   * state (else `proposal-changed`), and may `after` be?
   */
  check: (tx: Transaction, frozen: FrozenProposal<Kind>, at: Date) => Promise<Result<void, ServiceError>>
  /** Makes it so, and writes the kind's own audit event. */
  apply: (act: ConfirmingAct<Kind>) => Promise<Result<void, ServiceError>>
  /** Facts of the audit events about the proposal itself. */
  facts: (frozen: FrozenProposal<Kind>) => ProposalEventFacts
  /** After the commit, outside any transaction: for what is good to know soon, and never needed. */
  afterwards?: (ctx: Context, frozen: FrozenProposal<Kind>) => Promise<void>
}

export interface ProposalEventFacts {
  /** The person's name, or the key's. */
  subject: string
  connection?: { id: string; name: string }
  keyName?: string
  keyVersion?: string
}
