import { createPublicKey, randomUUID } from 'node:crypto'
import type { ConnectionRow } from '@/lib/server/context'
import { createKek } from '@/lib/server/keks/create-kek'
import { downloadKekPublicKey } from '@/lib/server/keks/download-kek-public-key'
import { getKek } from '@/lib/server/keks/get-kek'
import type { TestConsole } from '../console'
import type { TestKek } from '../transfer'

/** A custodian makes a KEK and takes its public key to the source HSM: in the file as it is downloaded. */
export async function handOutKek(
  { ctx, actors }: TestConsole,
  connection: ConnectionRow,
  bits: 2048 | 3072 | 4096,
): Promise<TestKek> {
  const name = `kek-${randomUUID().slice(0, 8)}`
  const wish = { connectionId: connection.id, name, bits, expiresAt: null }
  const made = await createKek(ctx, actors.custodian, wish)
  if (!made.ok) throw new Error(`no KEK: ${made.error.code}`)
  const { kekId } = made.value
  const downloaded = await downloadKekPublicKey(ctx, actors.custodian, { kekId })
  if (!downloaded.ok) throw new Error(`no public key: ${downloaded.error.code}`)
  const kek = await getKek(ctx, actors.custodian, kekId)
  if (!kek?.kid) throw new Error('a KEK without a kid')
  // Read by OpenSSL's code: what a ceremony's own tools would do with the file.
  const spki = createPublicKey(downloaded.value.pem).export({ type: 'spki', format: 'der' })
  return { id: kekId, kid: kek.kid, spki }
}
