import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ProblemCode } from '@/lib/domain/actions/action-result'
import { DUTIES } from '@/lib/domain/people/duties'
import { hasPermission } from '@/lib/domain/people/permissions'
import { ROLES } from '@/lib/domain/people/roles'
import { type AnyAction, actionsFromSource } from '@/lib/testing/actions-from-source'
import { addOfficer } from '@/lib/testing/add-officer'
import { type AttackWorld, createAttackWorld } from '@/lib/testing/attack-world'
import type { TestPerson } from '@/lib/testing/console'
import { codeOf, knock, knockProven } from '@/lib/testing/knock'
import type { Actor } from '../context'
import { seen } from '../proposals/testing/confirm'
import { decisionOn } from '../reviews/testing/import-key'

interface Attack {
  /** What somebody tries that is not theirs to do, though their role opens the action. */
  what: string
  by: TestPerson
  input: (world: AttackWorld) => unknown
  code: ProblemCode
}

const version = (world: AttackWorld, { name, version: id }: { name: string; version: string }) => ({
  connectionId: world.connections.vault.id,
  name,
  version: id,
  reason: 'By somebody else',
})
const decideImport = async (world: AttackWorld) => decisionOn(world.ctx, world.waiting.importId, world.waiting.recorded)
async function decideEnable(world: AttackWorld) {
  const { enableRequestId } = world.asked
  const { revision, frozenSha256 } = await world.ctx.db.enableRequest.findUniqueOrThrow({
    where: { id: enableRequestId },
  })
  return { enableRequestId, revision, frozenSha256, reason: 'Mine' }
}
async function decidePolicy(world: AttackWorld) {
  const { enableRequestId } = world.guarded
  const { revision, frozenSha256 } = await world.ctx.db.enableRequest.findUniqueOrThrow({
    where: { id: enableRequestId },
  })
  return { enableRequestId, revision, frozenSha256, reason: 'Mine' }
}
const propose = (world: AttackWorld, name: string) => ({
  connectionId: world.connections.vault.id,
  name,
  policyText: '{"version":"1.0.0","anyOf":[{"authority":"https://b.example","allOf":[{"claim":"x","equals":"y"}]}]}',
  immutable: false,
  typedName: '',
  reason: 'By somebody else',
})
const draft = (world: AttackWorld, id: string | null) => ({
  id,
  connectionId: world.connections.vault.id,
  kekKid: world.kekKid,
  fileName: 'theirs.byok',
  fileSha256: 'c'.repeat(64),
  fileLength: 2,
  answers: {},
})
const target = {
  name: 'attacked',
  kty: 'EC-HSM',
  sizeOrCurve: 'P-256',
  keyOps: ['sign'],
  notBefore: null,
  expiresAt: null,
  exportable: false,
  releasePolicy: null,
  tags: {},
}
const submit = (world: AttackWorld, draftId: string | null) => ({
  draftId,
  connectionId: world.connections.vault.id,
  kekKid: world.kekKid,
  fileName: 'theirs.byok',
  file: new TextEncoder().encode('{"schema_version":"1.0.0"}'),
  acceptedNormalisedSha256: null,
  target,
  typedName: null,
  acknowledgedWarnings: [],
  expectedPublicKeySha256: null,
})
const submitInTheClear = (world: AttackWorld, draftId: string | null) => ({
  draftId,
  connectionId: world.connections.vault.id,
  fileName: 'theirs.pem',
  jwk: new TextEncoder().encode(JSON.stringify({ kty: 'oct', k: 'A'.repeat(43) })),
  target: { ...target, kty: 'EC' },
  typedName: null,
  acknowledgedWarnings: [],
  acknowledgedServerSeesKey: true,
  expectedPublicKeySha256: null,
})
const policy = (world: AttackWorld) => ({
  connectionId: world.connections.vault.id,
  approvalsRequired: 1,
  approverIds: [world.actors.custodian.personId],
  reason: 'Only me',
})
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const runtimeKey = { kty: 'RSA', kid: 'mine', n: 'AQAB', e: 'AQAB', use: 'enc' }
const attestation = `${part({ alg: 'RS256' })}.${part({ iss: 'https://a.example', 'x-ms-runtime': { keys: [runtimeKey] } })}.c2ln`
const release = {
  token: attestation,
  algorithm: 'CKM_RSA_AES_KEY_WRAP',
  nonce: null,
  reason: 'Mine',
  policySha256: '0'.repeat(64),
}
const credential = { id: 'bWluZQ', rawId: 'bWluZQ', type: 'public-key' }
const assertion = { ...credential, response: { clientDataJSON: 'e30', authenticatorData: 'AA', signature: 'AA' } }
const registration = { ...credential, response: { clientDataJSON: 'e30', attestationObject: 'AA' } }
const nowhere = () => randomUUID()
const confirmation = async ({ ctx }: AttackWorld, proposalId: string) => ({
  ...(await seen(ctx, proposalId)),
  reason: 'Mine',
  invitationSha256: null,
})

/**
 * What can be tried with somebody else's ids, action by action. An action that takes none of anybody's says `none`: it is
 * tried by every role that it is closed to, as all of them are.
 */
const ATTACKS: Record<string, readonly Attack[] | 'none'> = {
  'reviews.approve-import': [
    { what: 'one’s own import', by: 'custodian', input: decideImport, code: 'own-import' },
    {
      what: 'an import at another revision',
      by: 'custodian2',
      input: async (world) => ({ ...(await decideImport(world)), revision: 99 }),
      code: 'not-waiting',
    },
    {
      what: 'an import by another hash',
      by: 'custodian2',
      input: async (world) => ({ ...(await decideImport(world)), frozenSha256: 'f'.repeat(64) }),
      code: 'not-waiting',
    },
    {
      what: 'an import by the id of something else',
      by: 'custodian2',
      input: async (world) => ({ ...(await decideImport(world)), importId: world.asked.enableRequestId }),
      code: 'not-found',
    },
  ],
  'reviews.reject-import': [
    { what: 'one’s own import', by: 'custodian', input: decideImport, code: 'own-import' },
    {
      what: 'an import by another hash',
      by: 'custodian2',
      input: async (world) => ({ ...(await decideImport(world)), frozenSha256: 'f'.repeat(64) }),
      code: 'not-waiting',
    },
  ],
  'reviews.delete-rejected-key': [
    {
      what: 'a key that was not rejected',
      by: 'custodian2',
      input: ({ waiting }) => ({ importId: waiting.importId, typedName: waiting.name }),
      code: 'not-deletable',
    },
    { what: 'no import', by: 'custodian', input: () => ({ importId: nowhere(), typedName: 'x' }), code: 'not-found' },
  ],
  'reviews.approve-enable': [
    { what: 'one’s own request', by: 'custodian2', input: decideEnable, code: 'own-request' },
    { what: 'a request about one’s own import', by: 'custodian', input: decideEnable, code: 'own-import' },
    { what: 'a proposal for another policy', by: 'custodian', input: decidePolicy, code: 'not-found' },
  ],
  'reviews.approve-policy': [
    { what: 'one’s own proposal', by: 'custodian2', input: decidePolicy, code: 'own-request' },
    { what: 'a request to enable', by: 'custodian', input: decideEnable, code: 'not-found' },
    {
      what: 'a proposal by another hash',
      by: 'custodian',
      input: async (world) => ({ ...(await decidePolicy(world)), frozenSha256: 'f'.repeat(64) }),
      code: 'not-waiting',
    },
  ],
  'policies.propose': [
    {
      what: 'for a key of no vault of ours',
      by: 'custodian',
      input: (world) => ({ ...propose(world, world.guarded.name), connectionId: nowhere() }),
      code: 'not-found',
    },
    {
      what: 'for a key that can’t be exported',
      by: 'custodian',
      input: (world) => propose(world, world.waiting.name),
      code: 'not-permitted',
    },
  ],
  'policies.add-test': [
    {
      what: 'to a key that is not there',
      by: 'custodian',
      input: (world) => ({
        ...{
          connectionId: world.connections.vault.id,
          keyName: 'not-there',
          testName: 'mine',
          issuer: 'https://a.example',
        },
        ...{ claimsJson: '{}', expected: 'deny' },
      }),
      code: 'not-found',
    },
  ],
  'policies.remove-test': [
    {
      what: 'a test that a waiting proposal must pass',
      by: 'custodian',
      input: ({ guarded }) => ({ testId: guarded.testId }),
      code: 'conflict',
    },
  ],
  'reviews.reject-enable': [
    { what: 'one’s own request', by: 'custodian2', input: decideEnable, code: 'own-request' },
    { what: 'a request about one’s own import', by: 'custodian', input: decideEnable, code: 'own-import' },
  ],
  'reviews.withdraw-enable': [
    {
      what: 'another’s request',
      by: 'custodian',
      input: ({ asked }) => ({ enableRequestId: asked.enableRequestId }),
      code: 'not-permitted',
    },
  ],
  'account.step-up-by-password': [
    {
      what: 'another session’s question, with one’s own password',
      by: 'custodian2',
      input: ({ stepUpId }) => ({ stepUpId, password: 'whatever' }),
      code: 'step-up-refused',
    },
  ],
  'account.change-password': 'none',
  'account.end-session': [
    {
      what: 'another’s session',
      by: 'custodian2',
      input: ({ actors }) => ({ sessionId: actors.custodian.sessionId }),
      code: 'not-permitted',
    },
  ],
  'account.end-other-sessions': 'none',
  'notifications.test': 'none',
  'releases.read-logs': 'none',
  'releases.perform': [
    {
      what: 'a version that waits for its review',
      by: 'custodian2',
      input: ({ connections, waiting: { name, version } }) => ({
        ...release,
        connectionId: connections.vault.id,
        name,
        version,
      }),
      code: 'not-releasable',
    },
    {
      what: 'a version of no vault',
      by: 'custodian',
      input: ({ waiting: { name, version } }) => ({ ...release, connectionId: nowhere(), name, version }),
      code: 'not-found',
    },
  ],
  'releases.complete': [
    {
      what: 'a record that is not there',
      by: 'auditor',
      input: () => ({ digest: 'f'.repeat(64), token: attestation }),
      code: 'not-found',
    },
  ],
  'account.ask-passkey': [
    {
      what: 'for another session’s question',
      by: 'custodian2',
      input: ({ stepUpId }) => ({ stepUpId }),
      code: 'step-up-refused',
    },
  ],
  'account.step-up-by-passkey': [
    {
      what: 'another session’s question',
      by: 'custodian2',
      input: ({ stepUpId }) => ({ stepUpId, response: assertion }),
      code: 'step-up-refused',
    },
  ],
  'account.register-passkey': 'none',
  'account.keep-passkey': [
    {
      what: 'by another session’s challenge',
      by: 'custodian2',
      input: ({ challengeId }) => ({ challengeId, response: registration }),
      code: 'passkey-refused',
    },
  ],
  'account.remove-passkey': [
    {
      what: 'another’s passkey',
      by: 'custodian2',
      input: ({ passkeyId }) => ({ passkeyId, name: 'Theirs' }),
      code: 'not-found',
    },
  ],
  // A session that owes its second factor has nobody else's ids to name; its own suite tries it.
  'sign-in.begin-second-factor': 'none',
  'sign-in.second-factor': 'none',
  'propose-passkey-reset': [
    { what: 'nobody', by: 'administrator', input: () => ({ personId: nowhere(), reason: 'Mine' }), code: 'not-found' },
  ],
  'confirm-proposal': [
    {
      what: 'one’s own',
      by: 'custodian2',
      input: (world) => confirmation(world, world.marked.proposalId),
      code: 'own-proposal',
    },
    {
      what: 'what concerns one’s own import',
      by: 'custodian',
      input: (world) => confirmation(world, world.marked.proposalId),
      code: 'own-import',
    },
    {
      what: 'of a kind for other roles',
      by: 'administrator2',
      input: (world) => confirmation(world, world.marked.proposalId),
      code: 'not-permitted',
    },
    {
      what: 'a policy, as its proposer',
      by: 'administrator',
      input: (world) => confirmation(world, world.policyProposalId),
      code: 'own-proposal',
    },
    {
      what: 'a policy, as an officer of the vault',
      by: 'custodian',
      input: (world) => confirmation(world, world.policyProposalId),
      code: 'not-permitted',
    },
    {
      what: 'another text than was proposed',
      by: 'administrator2',
      input: async (world) => ({
        ...(await confirmation(world, world.policyProposalId)),
        frozenSha256: 'f'.repeat(64),
      }),
      code: 'proposal-changed',
    },
  ],
  'refuse-proposal': [
    {
      what: 'a policy, as an officer of the vault',
      by: 'custodian',
      input: (world) => confirmation(world, world.policyProposalId),
      code: 'not-permitted',
    },
    {
      what: 'one’s own',
      by: 'administrator',
      input: (world) => confirmation(world, world.policyProposalId),
      code: 'own-proposal',
    },
  ],
  'withdraw-proposal': [
    {
      what: 'another’s',
      by: 'administrator2',
      input: (world) => confirmation(world, world.policyProposalId),
      code: 'not-permitted',
    },
  ],
  'propose-person': 'none',
  'propose-roles': [
    {
      what: 'nobody',
      by: 'administrator',
      input: () => ({ personId: nowhere(), reason: 'Mine', roles: ['viewer'] }),
      code: 'not-found',
    },
  ],
  'propose-enable-person': [
    { what: 'nobody', by: 'administrator', input: () => ({ personId: nowhere(), reason: 'Mine' }), code: 'not-found' },
  ],
  'propose-invitation': [
    { what: 'nobody', by: 'administrator', input: () => ({ personId: nowhere(), reason: 'Mine' }), code: 'not-found' },
  ],
  'disable-person': [
    {
      what: 'nobody',
      by: 'administrator',
      input: () => ({ personId: nowhere(), reason: 'Mine', acknowledged: true }),
      code: 'not-found',
    },
  ],
  'change-connection': [
    {
      what: 'no vault of ours',
      by: 'administrator',
      input: () => ({
        connectionId: nowhere(),
        name: 'mine',
        url: 'https://mine.vault.azure.net',
        environment: 'test',
        credential: { type: 'local-client' },
        reason: 'Mine',
      }),
      code: 'not-found',
    },
  ],
  'duties.acknowledge': 'none',
  'acknowledge-alarm': [
    { what: 'no alarm', by: 'auditor', input: () => ({ alarmId: nowhere(), note: 'Seen to' }), code: 'conflict' },
  ],
  'imports.read-target-facts': [
    {
      what: 'no vault of ours',
      by: 'custodian',
      input: ({ kekKid }) => ({ connectionId: nowhere(), kekKid, name: 'x' }),
      code: 'not-found',
    },
  ],
  'imports.save-draft': [
    {
      what: 'into another’s draft',
      by: 'custodian2',
      input: (world) => draft(world, world.draftId),
      code: 'not-found',
    },
  ],
  'imports.discard-draft': [
    { what: 'another’s draft', by: 'custodian2', input: ({ draftId }) => ({ draftId }), code: 'not-found' },
  ],
  // It carries its caller's own proof to submissions of the same session; what they may not do is refused there.
  'imports.prepare-batch': 'none',
  'imports.submit': [
    {
      what: 'from another’s draft',
      by: 'custodian2',
      input: (world) => submit(world, world.draftId),
      code: 'not-found',
    },
  ],
  // It answers nothing, and does nothing but to ask for a proof in the caller’s own session.
  'imports.prepare-private-jwk': 'none',
  'imports.submit-private-jwk': [
    {
      what: 'from another’s draft',
      by: 'custodian2',
      input: (world) => submitInTheClear(world, world.draftId),
      code: 'not-found',
    },
  ],
  'add-connection': 'none',
  'check-connection': [
    { what: 'no vault of ours', by: 'auditor', input: () => ({ connectionId: nowhere() }), code: 'not-found' },
  ],
  'remove-connection': [
    {
      what: 'no vault of ours',
      by: 'administrator',
      input: () => ({ connectionId: nowhere(), typedName: 'x' }),
      code: 'not-found',
    },
  ],
  'connections.propose-approval-policy': [
    {
      what: 'no vault of ours',
      by: 'administrator',
      input: (world) => ({ ...policy(world), connectionId: nowhere() }),
      code: 'not-found',
    },
  ],
  'refresh-keys': [
    { what: 'no vault of ours', by: 'auditor', input: () => ({ connectionId: nowhere() }), code: 'not-found' },
  ],
  'disable-version': [
    {
      what: 'a key of no vault of ours',
      by: 'custodian',
      input: (world) => ({ ...version(world, world.waiting), connectionId: nowhere() }),
      code: 'not-found',
    },
  ],
  'mark-compromised': [
    {
      what: 'a key of no vault of ours',
      by: 'custodian',
      input: (world) => ({ ...version(world, world.waiting), connectionId: nowhere() }),
      code: 'not-found',
    },
  ],
  'request-enable': [
    {
      what: 'past the review that waits',
      by: 'custodian2',
      input: (world) => version(world, world.waiting),
      code: 'not-permitted',
    },
  ],
  'keys.propose-unmark': [
    {
      what: 'a version that is not there',
      by: 'custodian',
      input: (world) => ({ ...version(world, world.marked), version: '0'.repeat(32) }),
      code: 'not-found',
    },
  ],
  'keys.create': [
    {
      what: 'in no vault of ours',
      by: 'custodian',
      input: () => ({
        connectionId: nowhere(),
        ...{ name: 'attacked', kty: 'EC-HSM', sizeOrCurve: 'P-256', keyOps: ['sign'], expiresAt: null },
        ...{ policyText: '{}', immutable: false, typedName: '' },
      }),
      code: 'not-found',
    },
  ],
  'keks.create': 'none',
  'keks.download-public-key': [
    { what: 'no KEK', by: 'custodian', input: () => ({ kekId: nowhere() }), code: 'not-found' },
  ],
  'keks.retire': [
    {
      what: 'a KEK under which another’s import waits',
      by: 'custodian2',
      input: ({ kekId }) => ({ kekId, how: 'disable', typedName: 'kek-attacked' }),
      code: 'imports-undecided',
    },
  ],
}

let world: AttackWorld
let actions: Map<string, AnyAction>
let open: string[]

beforeAll(async () => {
  world = await createAttackWorld()
  const source = await actionsFromSource()
  actions = source.actions
  open = source.open
})
afterAll(() => world.close())

const actionOf = (name: string): AnyAction => {
  const action = actions.get(name)
  if (!action) throw new Error(`there is no action ${name}`)
  return action
}

/** Codes of refusals on record for somebody, by the action's name. */
async function refusalsOf({ personId }: Actor): Promise<(string | null)[]> {
  const { auditEvent } = world.ctx.db
  const events = await auditEvent.findMany({ where: { actorId: personId, phase: 'refused' }, orderBy: { id: 'asc' } })
  return events.map(({ code }) => code)
}

/** What an attack must leave as it was. */
async function everything() {
  const { db } = world.ctx
  const all = {
    imports: db.import.findMany({ orderBy: { id: 'asc' } }),
    requests: db.enableRequest.findMany({ orderBy: { id: 'asc' } }),
    approvals: db.approval.findMany({ orderBy: { id: 'asc' } }),
    drafts: db.importDraft.findMany({ orderBy: { id: 'asc' } }),
    keks: db.kek.findMany({ orderBy: { id: 'asc' } }),
    connections: db.connection.findMany({ orderBy: { id: 'asc' } }),
    versions: db.keyVersion.findMany({
      select: { id: true, enabled: true, compromisedAt: true },
      orderBy: { id: 'asc' },
    }),
    proposals: db.proposal.findMany({ orderBy: { id: 'asc' } }),
    operations: db.operation.count(),
    people: db.person.findMany({ include: { roles: true, passkeys: true }, orderBy: { id: 'asc' } }),
    sessions: db.session.findMany({ select: { id: true, endedAt: true }, orderBy: { id: 'asc' } }),
    policyTests: db.policyTest.findMany({ orderBy: { id: 'asc' } }),
  }
  const read = Object.entries(all).map(async ([name, rows]) => [name, await rows] as const)
  return { ...Object.fromEntries(await Promise.all(read)), mutations: world.acknowledged().length }
}

it('every server action has its attacks here, and every attack its action', () => {
  expect(Object.keys(ATTACKS).sort()).toEqual([...actions.keys()].sort())
  // Whoever holds an invitation has no session yet: what can be tried there is tried beside it.
  expect(open.sort()).toEqual(['accept-invitation', 'look-at-invitation'])
})

const attacks = Object.entries(ATTACKS).flatMap(([name, all]) =>
  all === 'none' ? [] : all.map((attack) => ({ name, ...attack })),
)

describe('another person’s ids', () => {
  it.each(attacks)('$name: $what is refused as $code, on the record, and changes nothing', async (attack) => {
    const actor = world.actors[attack.by]
    const [before, told] = [await everything(), await refusalsOf(actor)]
    const input = await attack.input(world)
    const result = await knockProven(world.ctx, actionOf(attack.name), { as: actor, input })
    expect(codeOf(result)).toBe(attack.code)
    expect(await everything()).toEqual(before)
    const recorded = (await refusalsOf(actor)).slice(told.length)
    // A state that bars something (an import that waits) is no attempt at anybody's door.
    if (attack.code === 'imports-undecided') return
    // These have events of their own, whose code says what was wrong with the proof.
    const proof = attack.code === 'step-up-refused' || attack.code === 'passkey-refused'
    expect(recorded).toEqual([proof ? 'not-waiting' : attack.code])
  })
})

describe('every action', () => {
  const anything = { importId: randomUUID(), version: DUTIES.version }

  it('is closed to who lacks the role, and each try is on the record', async () => {
    const closedTo = new Map<string, Actor>()
    for (const [name, { permission }] of actions) {
      const roles = ROLES.filter((role) => role !== 'administrator' && !hasPermission([role], permission))
      closedTo.set(name, await addOfficer(world.ctx, { roles }))
    }
    const before = await everything()
    for (const [name, actor] of closedTo) {
      expect(codeOf(await knock(world.ctx, actionOf(name), { as: actor, input: anything })), name).toBe('not-permitted')
      expect(await refusalsOf(actor), name).toEqual(['not-permitted'])
    }
    expect(await everything()).toEqual(before)
  })

  it('is closed without a session, with an ended one, and from elsewhere', async () => {
    const leaver = await addOfficer(world.ctx, { roles: ['custodian', 'approver'] })
    await world.ctx.db.session.update({ where: { id: leaver.sessionId }, data: { endedAt: world.ctx.clock() } })
    for (const [name, action] of actions) {
      const code = async (as: Actor | null, origin?: string) =>
        codeOf(await knock(world.ctx, action, { as, input: anything, ...(origin ? { origin } : {}) }))
      expect(await code(null), name).toBe('signed-out')
      expect(await code(leaver), name).toBe('signed-out')
      expect(await code({ ...world.actors.custodian, sessionId: randomUUID() }), name).toBe('signed-out')
      expect(await code(world.actors.custodian, 'https://evil.example'), name).toBe('wrong-origin')
    }
    const told = (await refusalsOf(world.actors.custodian)).filter((code) => code === 'wrong-origin')
    expect(told).toHaveLength(actions.size)
  })
})
