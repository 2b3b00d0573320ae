import type { KeyWriter } from '../../store/key-store'
import type { RotationPolicy, RotationRecord, UnixSeconds, VersionRecord } from '../../store/records'
import { addDuration, parseDuration } from './duration'

type Due = RotationRecord['due']

const never: Due = { rotate: null, notify: null }

/**
 * Computes anew when a name's policy next does something: to be called in the commit that changes its latest version, its
 * deletion or its policy. What was due before `now` is due now. A deleted key is left alone, a disabled one is not rotated.
 */
export function rearm(write: KeyWriter, name: string, now: UnixSeconds): void {
  const rotation = write.rotation(name)
  if (!rotation) return
  const found = write.name(name)
  const latest = found && !found.deletion && write.version(name, found.latest)
  write.putRotation(name, { ...rotation, due: latest ? dueTimes(rotation, latest, now) : never })
}

export function dueTimes({ policy, notified }: RotationRecord, latest: VersionRecord, now: UnixSeconds): Due {
  const rotate = latest.enabled ? rotationTime(policy, latest) : null
  const notify = notified === latest.version ? null : notifyTime(policy, latest, now)
  return { rotate: rotate && Math.max(rotate, now), notify: notify && Math.max(notify, now) }
}

/** A rotation before expiry needs an expiry date on the key. */
function rotationTime({ rotate }: RotationPolicy, { created, exp }: VersionRecord): UnixSeconds | null {
  if (!rotate) return null
  if ('timeAfterCreate' in rotate) return move(created, rotate.timeAfterCreate, 1)
  return exp === null ? null : move(exp, rotate.timeBeforeExpiry, -1)
}

/** Told once, and not after the expiry. */
function notifyTime({ notify }: RotationPolicy, { exp }: VersionRecord, now: UnixSeconds): UnixSeconds | null {
  return notify && exp !== null && exp > now ? move(exp, notify.timeBeforeExpiry, -1) : null
}

/** The expiry date of a version that a rotation makes at `created`. */
export function expiryAfterRotation(policy: RotationPolicy | undefined, created: UnixSeconds): UnixSeconds | null {
  return policy?.expiryTime ? move(created, policy.expiryTime, 1) : null
}

function move(from: UnixSeconds, text: string, sign: 1 | -1): UnixSeconds | null {
  const duration = parseDuration(text)
  return duration ? addDuration(from, duration, sign) : null
}
