import 'server-only'
import { z } from 'zod'
import { isJsonObject, type JsonObject } from '@/lib/domain/releases/json-object'
import type { ReleasePolicy } from '@/lib/domain/releases/policy'
import type { StoredTestView } from '@/lib/domain/releases/policy-change-views'
import { type PolicyTestResult, runPolicyTests } from '@/lib/domain/releases/policy-tests'
import type { Context, ServiceError } from '../context'
import type { PolicyTest as Row } from '../db/generated/client'
import type { Transaction } from '../db/transaction'

/** A key's name in its vault, in any case. */
export interface KeyAddress {
  connectionId: string
  keyName: string
}

/** The tests that a key's policy must pass, by name. */
export function storedTests(db: Context['db'] | Transaction, { connectionId, keyName }: KeyAddress): Promise<Row[]> {
  return db.policyTest.findMany({
    where: { connectionId, keyName: { equals: keyName, mode: 'insensitive' }, removedAt: null },
    orderBy: { name: 'asc' },
  })
}

/** A token's claims: whatever JSON they are. */
const claimsSchema = z.custom<JsonObject>(isJsonObject)
const expectedSchema = z.enum(['allow', 'deny'])

export const toPolicyTest = ({ name, issuer, claims, expected }: Row) => ({
  name,
  issuer,
  claims: claimsSchema.parse(claims),
  expected: expectedSchema.parse(expected),
})

export function toTestView(row: Row, nameOf: (id: string) => string): StoredTestView {
  const { id, addedById, addedAt } = row
  return { id, test: toPolicyTest(row), addedByName: nameOf(addedById), addedAt: addedAt.toISOString() }
}

/** What a policy says to tests that it must pass; undefined where all of them do. */
export function testsFailed(policy: ReleasePolicy, rows: readonly Row[]): ServiceError | undefined {
  const failed = runPolicyTests(policy, rows.map(toPolicyTest)).filter(({ passed }) => !passed)
  if (failed.length === 0) return undefined
  return {
    code: 'policy-tests-failed',
    message: `${failed.map(sentenceOf).join(' ')} Mend the policy, or look at the test.`,
  }
}

const sentenceOf = ({ test, decision }: PolicyTestResult) =>
  `The test “${test.name}” expects ${test.expected}, and the policy says ${decision}.`
