import { isSamePolicy } from './same-policy'

/** A run of sightings of one version that were alike. Between two runs that differ, nobody knows. */
export interface PolicySighting {
  /** As the vault gave it; null: it was seen to have none. */
  policy: string | null
  immutable: boolean
  firstSeenAt: Date
  lastSeenAt: Date
}

export type PolicyThen<Sighting extends PolicySighting = PolicySighting> =
  | { known: 'policy'; sighting: Sighting }
  /** It was another one before than after, and changed at some instant from `from` to `to`. */
  | { known: 'changed-between'; from: Date; to: Date }
  /** Not seen before that instant, or not since. */
  | { known: 'nothing' }

/**
 * Which policy a version had at an instant: what was seen before and after it, where both say the same; never the nearer
 * of two that differ. Sightings may come in any order and may overlap.
 */
export function policyAt<Sighting extends PolicySighting>(
  sightings: readonly Sighting[],
  instant: Date,
): PolicyThen<Sighting> {
  const seen = sightings.flatMap(({ firstSeenAt, lastSeenAt }) => [firstSeenAt.getTime(), lastSeenAt.getTime()])
  const at = instant.getTime()
  const from = Math.max(...seen.filter((time) => time <= at))
  const to = Math.min(...seen.filter((time) => time >= at))
  if (!Number.isFinite(from) || !Number.isFinite(to)) return { known: 'nothing' }
  const [sighting, ...others] = sightings.filter(
    (one) => one.firstSeenAt.getTime() <= to && one.lastSeenAt.getTime() >= from,
  )
  if (!sighting) return { known: 'nothing' }
  if (others.every((other) => isSameSighting(sighting, other))) return { known: 'policy', sighting }
  return { known: 'changed-between', from: new Date(from), to: new Date(to) }
}

/** Whether a version was seen to have one policy both times, though it may be written differently. */
export function isSameSighting(one: PolicySighting, other: PolicySighting): boolean {
  if (one.policy === null || other.policy === null) return one.policy === other.policy
  return isSamePolicy(one.policy, other.policy)
}
