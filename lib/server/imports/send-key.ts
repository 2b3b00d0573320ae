import 'server-only'
import { isHardware } from '@/lib/domain/imports/protection'
import type { ImportTarget } from '@/lib/domain/imports/target'
import { EC_CURVES } from '@/lib/domain/keys/key-type'
import type { ImportedKey } from '@/lib/providers/inputs'
import type { Answer, VaultKey } from '@/lib/providers/port'
import type { Context } from '../context'
import { providerInTime } from '../operations/provider-in-time'
import type { CheckedSubmission } from './checked-submission'
import type { ClosingImport } from './closing-import'
import { tagsOfImport } from './import-tags'

/** The one call that makes the version, disabled. Throws `ProviderError`. */
export function sendKey(
  ctx: Context,
  { row, operation, connection }: ClosingImport,
  { target, what }: CheckedSubmission,
): Promise<Answer<VaultKey>> {
  const provider = providerInTime(ctx, connection, operation)
  const asked = askedOf(target, tagsOfImport(target, row.submittedAt, operation.id))
  if (what.way === 'jwk') {
    return provider.importPrivateJwk({ ...asked, key: what.read.key, hsm: isHardware(target.kty) })
  }
  const curve = EC_CURVES.find((known) => known === target.sizeOrCurve)
  const blob = what.file.parsed.normalisedBytes
  return provider.importTransferBlob({ ...asked, kty: what.kty, ...(curve ? { curve } : {}), blob })
}

function askedOf(target: ImportTarget, tags: Record<string, string>): ImportedKey {
  return {
    name: target.name,
    keyOps: target.keyOps,
    enabled: false,
    notBefore: target.notBefore ? new Date(target.notBefore) : null,
    expiresAt: target.expiresAt ? new Date(target.expiresAt) : null,
    exportable: target.exportable,
    releasePolicy: target.releasePolicy,
    tags,
  }
}
