import 'server-only'
import { isJsonObject } from '@/lib/domain/releases/json-object'
import { type AddPolicyTestInput, MOST_CLAIMS_CHARACTERS } from '@/lib/domain/releases/policy-change-views'
import { readPlainJson } from '@/lib/domain/releases/read-plain-json'
import { err, ok, type Result } from '@/lib/domain/result'
import { appendEvent } from '../audit/append-event'
import type { Actor, Context, ServiceError } from '../context'
import type { Prisma } from '../db/generated/client'
import { inTransaction, isUniqueViolation } from '../db/transaction'
import { findConnection } from '../operations/connection-of'
import { permit } from '../permit'
import { storedTests } from './policy-tests'

/** Of one key: each is run whenever a policy is proposed, looked at or set. */
const MOST_TESTS = 50

/** Keeps a token with what the key's policy must say to it. */
export async function addPolicyTest(
  ctx: Context,
  actor: Actor,
  input: AddPolicyTestInput,
): Promise<Result<{ testId: string }, ServiceError>> {
  const permitted = permit(actor, 'policies.propose')
  if (!permitted.ok) return permitted
  const connection = await findConnection(ctx.db, input.connectionId)
  const { connectionId, keyName } = input
  const key = connection && (await findKey(ctx, input))
  if (!connection || !key) return err({ code: 'not-found' })
  const name = input.testName.trim()
  if (name === '') return invalid('testName', 'Name the test: by it people know what it holds.')
  const claims = readClaims(input.claimsJson)
  if (!claims.ok) return invalid('token', claims.error)
  const id = ctx.newId()
  try {
    return await inTransaction(ctx.db, async (tx) => {
      if ((await storedTests(tx, { connectionId, keyName })).length >= MOST_TESTS) {
        return invalid('testName', `A key has at most ${MOST_TESTS} tests. Remove one first.`)
      }
      const { issuer, expected } = input
      const added = { addedById: actor.personId, addedAt: ctx.clock() }
      await tx.policyTest.create({
        data: { id, connectionId, keyName: key.name, name, issuer, claims: claims.value, expected, ...added },
      })
      await appendEvent(tx, {
        type: 'policy-test.added',
        phase: 'noted',
        at: ctx.clock(),
        actor,
        connection,
        keyName: key.name,
        details: { test: name, expected },
      })
      return ok({ testId: id })
    })
  } catch (error) {
    if (isUniqueViolation(error)) return invalid('testName', 'A test of this name is there already.')
    throw error
  }
}

/** Takes a test away; not while a proposal waits, which was made against it. */
export async function removePolicyTest(
  ctx: Context,
  actor: Actor,
  { testId }: { testId: string },
): Promise<Result<void, ServiceError>> {
  const permitted = permit(actor, 'policies.propose')
  if (!permitted.ok) return permitted
  return inTransaction(ctx.db, async (tx): Promise<Result<void, ServiceError>> => {
    const row = await tx.policyTest.findUnique({ where: { id: testId } })
    const connection = row && (await findConnection(tx, row.connectionId))
    if (!row || !connection || row.removedAt) return err({ code: 'not-found' })
    const waits = await tx.enableRequest.findFirst({
      where: {
        ...{ connectionId: row.connectionId, keyName: { equals: row.keyName, mode: 'insensitive' } },
        ...{ act: 'change_policy', status: { in: ['awaiting_review', 'enabling'] } },
      },
      select: { id: true },
    })
    if (waits)
      return err({
        code: 'conflict',
        message: 'A proposal for this key waits, and must pass this test. Decide it first.',
      })
    const removed = { removedAt: ctx.clock(), removedById: actor.personId }
    await tx.policyTest.update({ where: { id: testId }, data: removed })
    await appendEvent(tx, {
      type: 'policy-test.removed',
      phase: 'noted',
      at: ctx.clock(),
      actor,
      connection,
      keyName: row.keyName,
      details: { test: row.name, expected: row.expected },
    })
    return ok(undefined)
  })
}

function findKey({ db }: Context, { connectionId, keyName }: Pick<AddPolicyTestInput, 'connectionId' | 'keyName'>) {
  return db.keyRecord.findUnique({
    where: { connectionId_name: { connectionId, name: keyName } },
    select: { name: true },
  })
}

/** Plain and shallow enough to be kept, or what is wrong with it. */
function readClaims(text: string): Result<Prisma.InputJsonObject, string> {
  const read = text.length > MOST_CLAIMS_CHARACTERS ? undefined : readPlainJson(text)
  if (!read) return err('The token’s claims are too long to be kept. Leave out what the policy never asks for.')
  if (!read.ok || !isJsonObject(read.value))
    return err('These claims are not JSON. They are one object, as a token’s payload.')
  const told = JSON.stringify(read.value)
  if (told.includes('\\u0000')) return err('A claim holds a zero character, which can’t be kept.')
  // Written by JSON.stringify of an object a line above.
  return ok(JSON.parse(told) as Prisma.InputJsonObject)
}

const invalid = (field: string, message: string) =>
  err<ServiceError>({ code: 'invalid-input', fields: { [field]: message } })
