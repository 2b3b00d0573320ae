import 'server-only'
import type { FrozenPolicyChange } from '@/lib/domain/releases/frozen-policy-change'
import { type ChangeRefusal, type HeldPolicy, readWantedChange } from '@/lib/domain/releases/policy-change'
import type { ProposePolicyInput } from '@/lib/domain/releases/policy-change-views'
import { err, ok, type Result } from '@/lib/domain/result'
import type { VaultKey } from '@/lib/providers/port'
import { vaultProblem } from '../connections/vault-problem'
import type { Actor, ConnectionRow, Context, ServiceError } from '../context'
import type { PolicyTest } from '../db/generated/client'
import type { Transaction } from '../db/transaction'
import { findConnection } from '../operations/connection-of'
import { isBeingMade } from '../operations/is-being-made'
import { versionNamed } from '../operations/version-address'
import { permit } from '../permit'
import { recordPolicy } from '../releases/policy-snapshots'
import { checkReason } from '../reviews/check-reason'
import { freeze } from '../reviews/freeze'
import { inAct } from '../reviews/in-act'
import { insertRequest, type NewRequest } from '../reviews/insert-request'
import { heldBy } from './held-policy'
import { storedTests, testsFailed } from './policy-tests'

/** Asks somebody else to set another release policy. Nothing is sent to the vault but a question. */
export async function requestPolicyChange(
  ctx: Context,
  actor: Actor,
  input: ProposePolicyInput,
): Promise<Result<{ requestId: string }, ServiceError>> {
  const permitted = permit(actor, 'policies.propose')
  if (!permitted.ok) return permitted
  const reason = checkReason(input.reason)
  if (!reason.ok) return reason
  const connection = await findConnection(ctx.db, input.connectionId)
  if (!connection) return err({ code: 'not-found' })
  const read = await readKey(ctx, connection, input.name)
  if (!read.ok) return read
  const key = read.value
  const after: HeldPolicy = { text: input.policyText, immutable: input.immutable }
  const before = heldBy(key)
  const wanted = readWantedChange({
    vaultUrl: connection.url,
    keyName: key.name,
    before,
    after,
    typedName: input.typedName,
  })
  if ('refusal' in wanted) return err(problemOf(wanted.refusal))
  if (!before) return err(problemOf({ because: 'not-exportable' }))
  const id = ctx.newId()
  return inAct(ctx, async (tx) => {
    if (await isBeingMade(tx, { connectionId: connection.id, keyName: key.name })) return err({ code: 'key-busy' })
    const tests = await storedTests(tx, { connectionId: connection.id, keyName: key.name })
    const failed = testsFailed(wanted.policy, tests)
    if (failed) return err(failed)
    const frozen = freeze(freezeChange({ id, actor, connection, key, before, after, tests }))
    const asked: NewRequest = { id, act: 'change_policy', actor, connection, key, frozen, reason: reason.value }
    if (await isAskedFor(tx, asked)) return err(WAITS)
    await insertRequest(ctx, tx, asked)
    return ok({ requestId: id })
  })
}

const WAITS: ServiceError = {
  code: 'already-so',
  message: 'Another policy for this key is proposed already; it waits for review.',
}

async function readKey(ctx: Context, connection: ConnectionRow, name: string): Promise<Result<VaultKey, ServiceError>> {
  try {
    const { value: key } = await ctx.provider(connection).getKey(name)
    await recordPolicy(ctx, { connection, key, seenBy: 'read' })
    return ok(key)
  } catch (error) {
    return err(vaultProblem(error))
  }
}

function freezeChange(about: {
  id: string
  actor: Actor
  connection: ConnectionRow
  key: VaultKey
  before: HeldPolicy
  after: HeldPolicy
  tests: readonly PolicyTest[]
}): FrozenPolicyChange {
  const { id, actor, connection, key, before, after, tests } = about
  return {
    schema: 'drawbridge/release-policy/1',
    requestId: id,
    requester: { issuer: actor.issuer, subject: actor.subject },
    vaultUrl: connection.url,
    name: key.name,
    kid: key.kid,
    before,
    after,
    tests: tests.map(({ id: testId, name, expected }) => ({
      id: testId,
      name,
      expected: expected === 'allow' ? 'allow' : 'deny',
    })),
  }
}

async function isAskedFor(tx: Transaction, { connection, key }: NewRequest): Promise<boolean> {
  const address = { connectionId: connection.id, keyName: key.name, keyVersion: key.version }
  const open = await tx.enableRequest.findFirst({
    where: { ...versionNamed(address), act: 'change_policy', status: { in: ['awaiting_review', 'enabling'] } },
    select: { id: true },
  })
  return open !== null
}

function problemOf(refusal: ChangeRefusal): ServiceError {
  switch (refusal.because) {
    case 'not-exportable':
      return { code: 'not-permitted', message: 'This key can’t be exported, so it has no release policy to change.' }
    case 'immutable':
      return { code: 'policy-immutable' }
    case 'already-so':
      return { code: 'already-so', message: 'The key has this policy already.' }
    case 'field':
      return { code: 'invalid-input', fields: { [refusal.field]: refusal.message } }
  }
}
