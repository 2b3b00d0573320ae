import { randomUUID } from 'node:crypto'
import { clientsOf } from '@/lib/local-vault/testing/start-test-vault'
import { proposeApprovalPolicy } from '@/lib/server/connections/propose-approval-policy'
import type { Actor } from '@/lib/server/context'
import { saveDraft } from '@/lib/server/imports/save-draft'
import { recordVersion } from '@/lib/server/inventory/record-version'
import { addPolicyTest } from '@/lib/server/policy-changes/change-policy-tests'
import { requestPolicyChange } from '@/lib/server/policy-changes/request-policy-change'
import { approveImport } from '@/lib/server/reviews/approve-import'
import { requestEnable } from '@/lib/server/reviews/request-enable'
import { decisionOn, importKey, makeKek } from '@/lib/server/reviews/testing/import-key'
import { ecSourceKey } from '@/lib/server/reviews/testing/source-key'
import { disableVersion } from '@/lib/server/stop/disable-version'
import { markCompromised } from '@/lib/server/stop/mark-compromised'
import { proposeUnmark } from '@/lib/server/stop/propose-unmark'
import { createTestConsole, type TestConsole } from './console'

/** Something of everybody's, in every state in which somebody else could lay hands on it. */
export interface AttackWorld extends TestConsole {
  kekId: string
  kekKid: string
  /** Waits for its review; imported by `custodian`. */
  waiting: { importId: string; name: string; version: string; recorded: string }
  /** Enabled, then stopped; `custodian` imported it, `custodian2` asked for it again. */
  asked: { enableRequestId: string; name: string; version: string }
  /** Exportable; `custodian2` proposed another release policy for it and added a test. */
  guarded: { enableRequestId: string; testId: string; name: string; version: string }
  /** Marked compromised; `custodian2` proposed to take the mark back, `custodian` imported it. */
  marked: { proposalId: string; name: string; version: string }
  /** `administrator` proposed another policy for the vault. */
  policyProposalId: string
  /** `custodian`'s. */
  draftId: string
  /** What `custodian`'s session was asked to confirm. */
  stepUpId: string
  /** `custodian`'s, and a challenge that only their session may answer. */
  passkeyId: string
  challengeId: string
}

/** A result that the world can't be made without. */
function made<T>(result: { ok: true; value: T } | { ok: false; error: { code: string } }): T {
  if (!result.ok) throw new Error(`the world was not made: ${result.error.code}`)
  return result.value
}

export async function createAttackWorld(): Promise<AttackWorld> {
  const console_ = await createTestConsole()
  const { ctx, actors, connections } = console_
  const connection = connections.vault
  const kekId = await makeKek(ctx, actors.custodian, connection, 'kek-attacked')
  const { kid } = await ctx.db.kek.findUniqueOrThrow({ where: { id: kekId } })
  const bring = async (name: string) => {
    const source = await ecSourceKey()
    const importId = await importKey({ ctx, actor: actors.custodian, connection, kekId, name, source })
    const { keyVersion } = await ctx.db.import.findUniqueOrThrow({ where: { id: importId } })
    return { importId, name, version: keyVersion ?? '', recorded: source.recorded }
  }
  const enabled = async (name: string) => {
    const key = await bring(name)
    made(await approveImport(ctx, actors.custodian2, await decisionOn(ctx, key.importId, key.recorded)))
    return { connectionId: connection.id, name, version: key.version, reason: 'Part of the world' }
  }
  const stopped = await enabled('stopped')
  made(await disableVersion(ctx, actors.custodian, stopped))
  const suspect = await enabled('suspect')
  made(await markCompromised(ctx, actors.custodian2, suspect))
  return {
    ...console_,
    kekId,
    kekKid: kid ?? '',
    waiting: await bring('waiting'),
    asked: { ...stopped, ...made(await requestEnable(ctx, actors.custodian2, stopped)) },
    guarded: await guardedKey(console_),
    marked: { ...suspect, ...made(await proposeUnmark(ctx, actors.custodian2, suspect)) },
    policyProposalId: made(
      await proposeApprovalPolicy(ctx, actors.administrator, {
        connectionId: connection.id,
        approvalsRequired: 1,
        approverIds: [actors.custodian.personId, actors.custodian2.personId],
        reason: 'Part of the world',
      }),
    ).proposalId,
    draftId: made(
      await saveDraft(ctx, actors.custodian, {
        id: null,
        connectionId: connection.id,
        kekKid: kid,
        fileName: 'mine.byok',
        fileSha256: 'a'.repeat(64),
        fileLength: 1,
        answers: {},
      }),
    ).draftId,
    stepUpId: await askStepUpOf(console_, actors.custodian),
    ...(await passkeyOf(console_, actors.custodian)),
  }
}

const policyOf = (tee: string) =>
  JSON.stringify({
    version: '1.0.0',
    anyOf: [{ authority: 'https://a.example', allOf: [{ claim: 'tee', equals: tee }] }],
  })

/** An exportable key that somebody made at the vault, with a proposal of `custodian2` for another policy. */
async function guardedKey({ ctx, actors, connections, vault }: TestConsole): Promise<AttackWorld['guarded']> {
  const name = 'guarded'
  const [connectionId, encodedPolicy] = [connections.vault.id, Buffer.from(policyOf('one'))]
  const options = { curve: 'P-256', exportable: true, releasePolicy: { encodedPolicy } } as const
  const { properties } = await clientsOf(vault.description).sdk.createKey(name, 'EC-HSM', options)
  const { value: key } = await ctx.provider(connections.vault).getKey(name)
  await recordVersion(ctx, { connection: connections.vault, key, isLatest: true })
  const test = { testName: 'two', issuer: 'https://a.example', claimsJson: '{"tee":"two"}', expected: 'deny' } as const
  const { testId } = made(await addPolicyTest(ctx, actors.custodian2, { connectionId, keyName: name, ...test }))
  const wanted = { policyText: policyOf('three'), immutable: false, typedName: '', reason: 'Part of the world' }
  const asked = made(await requestPolicyChange(ctx, actors.custodian2, { connectionId, name, ...wanted }))
  return { enableRequestId: asked.requestId, testId, name, version: properties.version ?? '' }
}

async function askStepUpOf({ ctx }: TestConsole, { sessionId }: Actor): Promise<string> {
  const id = randomUUID()
  const paramsSha256 = 'b'.repeat(64)
  await ctx.db.stepUp.create({ data: { id, sessionId, action: 'imports.submit', paramsSha256, askedAt: ctx.clock() } })
  return id
}

async function passkeyOf({ ctx }: TestConsole, { personId, sessionId }: Actor) {
  const [passkeyId, challengeId, createdAt] = ['b3RoZXJz', randomUUID(), ctx.clock()]
  const key = { publicKey: new Uint8Array([1]), counter: 0n, transports: [], deviceType: 'singleDevice' }
  await ctx.db.passkey.create({ data: { id: passkeyId, personId, ...key, name: 'Theirs', backedUp: false, createdAt } })
  const expiresAt = new Date(createdAt.getTime() + 300_000)
  const challenge = { id: challengeId, sessionId, purpose: 'register', name: 'Theirs', challenge: 'YQ', expiresAt }
  await ctx.db.passkeyChallenge.create({ data: challenge })
  return { passkeyId, challengeId }
}
