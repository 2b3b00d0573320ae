import 'server-only'
import { wipe } from '@/lib/crypto'
import { readPrivateJwk, wipePrivateJwk } from '@/lib/domain/imports/private-jwk'
import type { SubmitImportOutput, SubmitPrivateJwkInput } from '@/lib/domain/imports/views'
import { err, type Result } from '@/lib/domain/result'
import type { Actor, Context, ServiceError } from '../context'
import { permit } from '../permit'
import { checkPrivateJwk } from './check-private-jwk'
import { crossOver } from './cross-over'
import { NO_VAULT, readBefore } from './read-before'

/**
 * A private key crosses in the clear, by the same path as a blob. It is in this call alone: in no row, digest, error or log;
 * its bytes are filled with zeros when the call ends, its copies as strings (JSON on either side) are the engine's to drop.
 */
export async function submitPrivateJwk(
  ctx: Context,
  actor: Actor,
  input: SubmitPrivateJwkInput,
): Promise<Result<SubmitImportOutput, ServiceError>> {
  const permitted = permit(actor, 'imports.create')
  if (!permitted.ok) return permitted
  const read = readPrivateJwk(input.jwk)
  wipe(input.jwk)
  if (!read) return err({ code: 'invalid-input', message: NOT_READ, fields: { jwk: NOT_READ } })
  try {
    const before = await readBefore(ctx, actor, { connectionId: input.connectionId, name: input.target.name })
    if (!before) return err(NO_VAULT)
    if (!before.dutiesHold) return err({ code: 'duties-not-acknowledged' })
    const checked = await checkPrivateJwk(ctx, actor, before.connection, input, read)
    return checked.ok ? await crossOver(ctx, actor, before, checked.value) : checked
  } finally {
    wipePrivateJwk(read.key)
  }
}

const NOT_READ = 'This is no private key as the vault takes it. Choose the key file again.'
