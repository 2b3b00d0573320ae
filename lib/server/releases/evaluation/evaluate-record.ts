import 'server-only'
import type { DecodedToken } from '@/lib/domain/releases/decode-attestation-token'
import type { LogRecordView } from '@/lib/domain/releases/history/views'
import { type PolicyThen, policyAt } from '@/lib/domain/releases/policy-at'
import { endOf, judgeRelease, type VerdictOnRelease } from '@/lib/domain/releases/release-verdict'
import type { Context } from '../../context'
import type { PolicySnapshot, ReleaseEvidence } from '../../db/generated/client'
import { releaseOutcomeSchema, releaseParamsSchema } from '../made/release-params'
import { readEvidenceToken } from './read-evidence-token'
import { isInTime } from './token-times'

export interface EvaluatedRecord extends VerdictOnRelease {
  token: DecodedToken
  /** Which policy it was evaluated by, or why by none. */
  policyThen: PolicyThen<PolicySnapshot>
  /** We saw the divergence in the act itself, and raised its alarm then. */
  saidBefore: boolean
}

/** A release of the history, evaluated again by its token and the policy of its instant. Nothing is written. */
export async function evaluateRecord(
  db: Context['db'],
  record: LogRecordView,
  evidence: ReleaseEvidence,
): Promise<EvaluatedRecord> {
  const { text } = await db.attestationToken.findUniqueOrThrow({ where: { sha256: evidence.tokenSha256 } })
  const token = readEvidenceToken(text)
  if (!token.ok) throw new Error('a token was kept as evidence that can not be read')
  const own = evidence.operationId === null ? null : await readOwn(db, evidence.operationId)
  const policyThen = own?.policyThen ?? policyAt(await sightingsOf(db, record), new Date(record.at))
  const inTime = isInTime(token.value.times, new Date(record.at))
  const judged = judgeRelease(endOf(record), policyThen, { ...token.value, inTime })
  return { ...judged, token: token.value, policyThen, saidBefore: own?.diverged ?? false }
}

/** A release made here had its policy read before and after: that tells more than any clock. */
async function readOwn(db: Context['db'], operationId: string) {
  const operation = await db.operation.findUniqueOrThrow({ where: { id: operationId } })
  const { agreement } = releaseOutcomeSchema.parse(operation.outcome ?? {})
  if (agreement !== 'agrees' && agreement !== 'diverges') return null
  const { policySha256 } = releaseParamsSchema.parse(operation.params)
  const { connectionId, keyName, keyVersion } = operation
  const sighting = await db.policySnapshot.findFirst({
    where: { connectionId, keyName, keyVersion: keyVersion ?? '', policySha256 },
    orderBy: { lastSeenAt: 'desc' },
  })
  return sighting && { policyThen: { known: 'policy' as const, sighting }, diverged: agreement === 'diverges' }
}

/** Of the version that the call named; of all of the name where it named none: then they must all say the same. */
function sightingsOf(db: Context['db'], record: LogRecordView): Promise<PolicySnapshot[]> {
  const { connectionId, keyName, keyVersion } = record
  if (connectionId === null || keyName === null) return Promise.resolve([])
  return db.policySnapshot.findMany({
    where: {
      connectionId,
      keyName: { equals: keyName, mode: 'insensitive' },
      ...(keyVersion === null ? {} : { keyVersion }),
    },
    orderBy: [{ firstSeenAt: 'desc' }, { id: 'asc' }],
  })
}
