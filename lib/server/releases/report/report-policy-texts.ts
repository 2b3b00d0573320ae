import 'server-only'
import type { ReleaseReport, ReportPolicyText } from '@/lib/domain/releases/history/report-views'
import type { PolicySnapshot } from '../../db/generated/client'

/** Of a text that may be 64 KiB long, each. */
const MOST_TEXTS = 40

type Named = Pick<ReleaseReport, 'rows' | 'sightings' | 'changes'>

/** Every policy that a report names by its digest, once, in the order in which it does; and how many have no text here. */
export function policyTextsOf(
  { rows, sightings, changes }: Named,
  texts: ReadonlyMap<string, string>,
): Pick<ReleaseReport, 'policies' | 'policiesLeftOut'> {
  const named = new Set(
    [
      ...rows.map(({ policy }) => (policy.known === 'policy' ? policy.sha256 : null)),
      ...sightings.map(({ sha256 }) => sha256),
      ...changes.flatMap(({ before, after }) => [before, after]),
    ].filter((sha256) => sha256 !== null),
  )
  const policies = [...named].flatMap((sha256): ReportPolicyText[] => {
    const text = texts.get(sha256)
    return text === undefined ? [] : [{ sha256, text }]
  })
  return {
    policies: policies.slice(0, MOST_TEXTS),
    policiesLeftOut: named.size - Math.min(policies.length, MOST_TEXTS),
  }
}

/** By their digest. */
export function textsOf(sightings: readonly PolicySnapshot[]): [string, string][] {
  return sightings.flatMap(({ policySha256, policy }): [string, string][] =>
    policySha256 !== null && policy !== null ? [[policySha256, policy]] : [],
  )
}
