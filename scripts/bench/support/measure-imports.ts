import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { KeyClient } from '@azure/keyvault-keys'
import PgBoss from 'pg-boss'
import { asPkcs8Der, copyBytes, encodeSpki, publicKeyFromJwk, sealTransferBlob, spkiSha256Hex } from '@/lib/crypto'
import type { SubmitImportInput } from '@/lib/domain/imports/views'
import { DUTIES } from '@/lib/domain/people/duties'
import { PREFLIGHT_CHECKS } from '@/lib/domain/preflight/report'
import { createAzureProvider } from '@/lib/providers/azure/create-azure-provider'
import { LocalCredential } from '@/lib/providers/azure/local-credential'
import type { VaultProvider } from '@/lib/providers/port'
import type { Actor, Context } from '@/lib/server/context'
import { createDatabase } from '@/lib/server/db/client'
import { acknowledgeDuties } from '@/lib/server/duties/acknowledge-duties'
import { checkSubmission } from '@/lib/server/imports/check-submission'
import { submitImport } from '@/lib/server/imports/submit-import'
import { jwkSchema } from '@/lib/server/inventory/jwk-schema'
import { pgBossQueue } from '@/lib/server/jobs/pg-boss-queue'

// A program of `npm run bench`: prints what each import took, in milliseconds, as one line of JSON.

const setting = (name: string): string => {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set`)
  return value
}

const token: { url: string; clientId: string; clientSecret: string } = JSON.parse(setting('BENCH_TOKEN'))
const vaultUrl = setting('BENCH_VAULT_URL')
const rounds = Number(setting('BENCH_ROUNDS'))
const warmUp = Number(setting('BENCH_WARM_UP'))

const credential = new LocalCredential({
  tokenUrl: token.url,
  clientId: token.clientId,
  clientSecret: token.clientSecret,
})
const bareClient = new KeyClient(vaultUrl, credential, {
  allowInsecureConnection: true,
  disableChallengeResourceVerification: true,
  retryOptions: { maxRetries: 0 },
})
const readBackTimes: number[] = []
const provider = timingReads(createAzureProvider({ url: vaultUrl, credential }))
const db = createDatabase(setting('BENCH_DATABASE_URL'))
const ctx: Context = {
  db,
  provider: () => provider,
  jobs: pgBossQueue(new PgBoss({ connectionString: setting('BENCH_DATABASE_URL') })),
  channels: [],
  clock: () => new Date(),
  newId: () => randomUUID(),
}

let afterImport = false
let readBack = 0
/** What is read after the import went out is the read-back. */
function timingReads(inner: VaultProvider): VaultProvider {
  return {
    ...inner,
    importTransferBlob: async (input) => {
      const answer = await inner.importTransferBlob(input)
      afterImport = true
      return answer
    },
    getKey: async (...args) => {
      const [answer, ms] = await timed(() => inner.getKey(...args))
      if (afterImport) readBack += ms
      return answer
    },
  }
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const startedAt = performance.now()
  const value = await work()
  return [value, performance.now() - startedAt]
}

async function findActor(): Promise<Actor> {
  const person = await db.person.findFirstOrThrow({ where: { roles: { some: { role: 'custodian' } } } })
  const { id: personId, issuer, subject, name, email } = person
  return { personId, issuer, subject, name, email, roles: ['custodian', 'approver'], sessionId: randomUUID() }
}

const connection = await db.connection.findFirstOrThrow({ where: { url: vaultUrl } })
const actor = await findActor()
const acknowledged = await acknowledgeDuties(ctx, actor, { version: DUTIES.version })
if (!acknowledged.ok) throw new Error(`duties not acknowledged: ${acknowledged.error.code}`)
const kek = await db.kek.findFirstOrThrow({ where: { connectionId: connection.id, status: 'active' } })
const kekSpki = encodeSpki(publicKeyFromJwk(jwkSchema.parse(kek.publicJwk)))

/** One for all: each is sealed anew, for a name of its own, and making a pair takes longer than all that is measured. */
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })

async function newInput(): Promise<SubmitImportInput> {
  const plaintext = asPkcs8Der(copyBytes(pair.privateKey.export({ type: 'pkcs8', format: 'der' })))
  const file = await sealTransferBlob({ kekSpki, kekKid: kek.kid ?? '', plaintext, generator: 'Drawbridge bench' })
  return {
    draftId: null,
    connectionId: connection.id,
    kekKid: kek.kid ?? '',
    fileName: 'bench.byok',
    origin: 'transfer_blob',
    file,
    acceptedNormalisedSha256: null,
    target: {
      name: `bench-${randomUUID()}`,
      kty: 'RSA-HSM',
      sizeOrCurve: '2048',
      keyOps: ['sign', 'verify'],
      notBefore: null,
      expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
      exportable: false,
      releasePolicy: null,
      tags: {},
    },
    typedName: null,
    acknowledgedWarnings: Object.keys(PREFLIGHT_CHECKS),
    expectedPublicKeySha256: await spkiSha256Hex(copyBytes(pair.publicKey.export({ type: 'spki', format: 'der' }))),
  }
}

async function importBare(input: SubmitImportInput): Promise<void> {
  const key = { kty: 'RSA-HSM' as const, keyOps: input.target.keyOps, t: input.file }
  await bareClient.importKey(`${input.target.name}-bare`, key, { enabled: false, tags: { drawbridge: 'bench' } })
}

async function importByService(input: SubmitImportInput): Promise<void> {
  ;[afterImport, readBack] = [false, 0]
  const result = await submitImport(ctx, actor, input)
  if (!result.ok || result.value.status !== 'awaiting_review')
    throw new Error('the import by the service did not arrive')
}

/** What goes on behind an answer must burden neither the next round's bare import nor its preflight. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 50))

const times = { bare: [] as number[], service: [] as number[], preflight: [] as number[], readBack: readBackTimes }
for (let round = -warmUp; round < rounds; round += 1) {
  const input = await newInput()
  await settled()
  const [, bare] = await timed(() => importBare(input))
  const [checked, preflight] = await timed(() => checkSubmission(ctx, actor, connection, input))
  if (!checked.ok) throw new Error(`preflight refused the bench's own blob: ${checked.error.code}`)
  const [, service] = await timed(() => importByService(input))
  if (round < 0) continue
  times.bare.push(bare)
  times.service.push(service)
  times.preflight.push(preflight)
  times.readBack.push(readBack)
}
process.stdout.write(JSON.stringify(times))
process.exit(0)
