import type { KeyWriter } from '../../store/key-store'
import type { RotationPolicy, RotationRecord, UnixSeconds } from '../../store/records'
import { keyNotFound } from '../fault'
import { rearm } from '../rotation/due-times'
import { readPolicy } from '../rotation/read-policy'
import { rotationPolicyBody } from '../rotation/wire-policy'
import type { VaultCall, VaultReply } from '../vault-call'

/** PUT: replaces the policy whole. A rotation that is already overdue happens at once. */
export async function setRotationPolicy(call: VaultCall): Promise<VaultReply> {
  const policy = readPolicy(call.vault.kind, call.body)
  const { name, rotation } = await call.vault.keys.commit((write) => {
    const found = write.name(call.name)
    if (!found || found.deletion) throw keyNotFound(call.name)
    return { name: found.name, rotation: replace(write, found.name, policy, call.vault.now()) }
  })
  return { status: 200, body: rotationPolicyBody(call.vault, name, rotation) }
}

function replace(
  write: KeyWriter,
  name: string,
  policy: RotationPolicy | null,
  now: UnixSeconds,
): RotationRecord | undefined {
  if (!policy) {
    write.putRotation(name, null)
    return undefined
  }
  const before = write.rotation(name)
  const due = { rotate: null, notify: null }
  const record = { policy, created: before?.created ?? now, updated: now, due, notified: before?.notified ?? null }
  write.putRotation(name, record)
  rearm(write, name, now)
  return record
}
