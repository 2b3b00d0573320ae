import 'server-only'
import type { ImportOrigin } from '@/lib/domain/imports/origin'
import type { ReadPrivateJwk } from '@/lib/domain/imports/private-jwk'
import { type BlobType, type ImportTarget, importTargetSchema } from '@/lib/domain/imports/target'
import type { TransferFile } from '@/lib/domain/preflight/input'
import type { PreflightReport } from '@/lib/domain/preflight/report'
import { err, ok, type Result } from '@/lib/domain/result'
import type { ServiceError } from '../context'

export type ReadableFile = TransferFile & { parsed: Extract<TransferFile['parsed'], { ok: true }>; sentSha256: string }

/** A submission that may go: everything in it was found out here, nothing but a blob's origin is the browser's word. */
export interface CheckedSubmission {
  target: ImportTarget
  report: PreflightReport
  createsName: boolean
  draftId: string | null
  fileName: string
  /** What the vault's public key is compared with at read-back; null: nothing was given, or a symmetric key. */
  expectedPublicKeySha256: string | null
  origin: ImportOrigin
  what: ImportedWhat
}

/** What is sent, by its way. It lives in its call alone: no row, no job and no log knows either of them. */
export type ImportedWhat =
  | {
      way: 'blob'
      kty: BlobType
      file: ReadableFile
      kek: { kid: string; id: string | null; spkiSha256: string }
    }
  | { way: 'jwk'; read: ReadPrivateJwk }

export function parseTarget(target: unknown): Result<ImportTarget, ServiceError> {
  const parsed = importTargetSchema.safeParse(target)
  return parsed.success ? ok(parsed.data) : err({ code: 'invalid-input', fields: fieldsOf(parsed.error.issues) })
}

function fieldsOf(issues: readonly { path: PropertyKey[]; message: string }[]): Record<string, string> {
  return Object.fromEntries(issues.map(({ path, message }) => [['target', ...path].join('.'), message]))
}
