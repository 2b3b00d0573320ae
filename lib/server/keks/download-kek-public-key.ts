import 'server-only'
import { jwkToSpki, writePem } from '@/lib/crypto'
import { err, ok, type Result } from '@/lib/domain/result'
import type { Actor, Context, ServiceError } from '../context'
import { permit } from '../permit'
import { storedJwkSchema } from './get-kek'
import { recordKekEvent } from './record-kek-event'

/** The public half as recorded when the KEK was made or first met. Who took it, and its fingerprint, is written down first. */
export async function downloadKekPublicKey(
  ctx: Context,
  actor: Actor,
  { kekId }: { kekId: string },
): Promise<Result<{ fileName: string; pem: string }, ServiceError>> {
  const permitted = permit(actor, 'keks.download')
  if (!permitted.ok) return permitted
  const kek = await ctx.db.kek.findUnique({ where: { id: kekId }, include: { connection: true } })
  if (!kek?.publicJwk) return err({ code: 'not-found', message: 'The public key of this KEK is not known.' })
  const recorded = await recordKekEvent(ctx, actor, kek, 'kek.public-key-downloaded')
  if (!recorded.ok) return recorded
  const pem = writePem('PUBLIC KEY', jwkToSpki(storedJwkSchema.parse(kek.publicJwk)))
  return ok({ fileName: `${kek.name}.publickey.pem`, pem })
}
