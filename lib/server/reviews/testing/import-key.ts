import { asSpkiDer, encodeSpki, type JwkLike, publicKeyFromJwk, sealTransferBlob } from '@/lib/crypto'
import type { ImportTarget } from '@/lib/domain/imports/target'
import { OPERATIONS_OF } from '@/lib/domain/keys/key-operations'
import { familyOf } from '@/lib/domain/keys/key-type'
import { PREFLIGHT_CHECKS } from '@/lib/domain/preflight/report'
import type { Actor, ConnectionRow, Context } from '../../context'
import { submitImport } from '../../imports/submit-import'
import { createKek } from '../../keks/create-kek'
import type { SourceKey } from './source-key'

/** A KEK made by the real service; imports of one test share it. */
export async function makeKek(ctx: Context, actor: Actor, connection: ConnectionRow, name: string): Promise<string> {
  const created = await createKek(ctx, actor, { connectionId: connection.id, name, bits: 2048, expiresAt: null })
  if (!created.ok) throw new Error(`no KEK: ${created.error.code}`)
  return created.value.kekId
}

export interface ImportWish {
  ctx: Context
  actor: Actor
  connection: ConnectionRow
  kekId: string
  name: string
  source: SourceKey
  target?: Partial<ImportTarget>
}

/** Seals a key under the KEK and submits it by the real service; the import waits for its review. */
export async function importKey(wish: ImportWish): Promise<string> {
  const { ctx, actor, connection, kekId, name, source } = wish
  const kek = await ctx.db.kek.findUniqueOrThrow({ where: { id: kekId } })
  const kekKid = kek.kid ?? ''
  const kekSpki = asSpkiDer(encodeSpki(publicKeyFromJwk(kek.publicJwk as JwkLike))) // written by our own service
  const file = await sealTransferBlob({ kekSpki, kekKid, plaintext: source.plaintext(), generator: 'Drawbridge tests' })
  const target: ImportTarget = {
    name,
    kty: source.kty,
    sizeOrCurve: source.sizeOrCurve,
    keyOps: [...OPERATIONS_OF[familyOf(source.kty)]].slice(0, 2),
    notBefore: null,
    expiresAt: null,
    exportable: false,
    releasePolicy: null,
    tags: { purpose: 'test' },
    ...wish.target,
  }
  // The index may be a moment behind an import that was just answered; the import's own row is not.
  const imported = await ctx.db.import.count({ where: { connectionId: connection.id, keyName: name } })
  const taken = imported + (await ctx.db.keyRecord.count({ where: { connectionId: connection.id, name } }))
  const submitted = await submitImport(ctx, actor, {
    draftId: null,
    connectionId: connection.id,
    kekKid,
    fileName: `${name}.byok`,
    origin: 'transfer_blob',
    file,
    acceptedNormalisedSha256: null,
    target,
    typedName: taken > 0 ? name : null,
    acknowledgedWarnings: Object.keys(PREFLIGHT_CHECKS),
    expectedPublicKeySha256: null,
  })
  if (!submitted.ok) throw new Error(`not submitted: ${submitted.error.code} ${submitted.error.message ?? ''}`)
  return submitted.value.importId
}

/** A decision about the import as it stands now. */
export async function decisionOn(ctx: Context, importId: string, expected: string | null, reason = 'As in the record') {
  const row = await ctx.db.import.findUniqueOrThrow({ where: { id: importId } })
  return {
    importId,
    revision: row.revision,
    frozenSha256: row.frozenSha256 ?? '',
    reason,
    expected: expected === null ? null : { text: expected },
  }
}
