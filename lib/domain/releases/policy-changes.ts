import { isSameAuthority } from './contradictions'
import type { Authority, Condition, ReleasePolicy, Scalar } from './policy'

/** One thing that two policies say differently; `authority` as the policy spells it that has it, the new one where both do. */
export type PolicyChange =
  | { kind: 'authority-added' | 'authority-removed'; authority: string; condition: Condition }
  | { kind: 'condition-added' | 'condition-removed'; authority: string; condition: Condition }
  | { kind: 'condition-altered'; authority: string; claim: string; before: Scalar; after: Scalar }
  | { kind: 'group-altered'; authority: string; before: 'allOf' | 'anyOf'; after: 'allOf' | 'anyOf' }

/**
 * What is added, removed or altered. Order, a condition said twice, a slash at an authority's end and a list of one that is called
 * allOf or anyOf mean nothing, and are no change. Nesting is one, for the service's sources disagree about it.
 */
export function policyChanges(before: ReleasePolicy, after: ReleasePolicy): PolicyChange[] {
  const gone = unique(before.authorities).filter((each) => !after.authorities.some((other) => isSame(each, other)))
  const come = unique(after.authorities).filter((each) => !before.authorities.some((other) => isSame(each, other)))
  const changes: PolicyChange[] = []
  for (const old of gone) {
    const at = come.findIndex(({ authority }) => isSameAuthority(old.authority, authority))
    const [successor] = at < 0 ? [] : come.splice(at, 1)
    changes.push(...(successor ? ofAuthority(old, successor) : [{ kind: 'authority-removed' as const, ...old }]))
  }
  return [...changes, ...come.map((each) => ({ kind: 'authority-added' as const, ...each }))]
}

const isSame = (one: Authority, other: Authority) =>
  isSameAuthority(one.authority, other.authority) && canonical(one.condition) === canonical(other.condition)

const unique = (authorities: readonly Authority[]) =>
  authorities.filter((each, index) => !authorities.slice(0, index).some((before) => isSame(before, each)))

function ofAuthority(old: Authority, { authority, condition }: Authority): PolicyChange[] {
  const [before, after] = [groupOf(old.condition), groupOf(condition)]
  const areSingle = before.conditions.length === 1 && after.conditions.length === 1
  const regrouped: PolicyChange[] =
    before.kind === after.kind || areSingle
      ? []
      : [{ kind: 'group-altered', authority, before: before.kind, after: after.kind }]
  return [...regrouped, ...ofConditions(authority, before.conditions, after.conditions)]
}

function ofConditions(authority: string, before: readonly Condition[], after: readonly Condition[]): PolicyChange[] {
  const [gone, come] = [without(before, after), without(after, before)]
  const changes: PolicyChange[] = []
  for (const condition of gone) {
    const at = come.findIndex((other) => isSameClaim(condition, other))
    const [successor] = at < 0 ? [] : come.splice(at, 1)
    if (condition.kind === 'claim' && successor?.kind === 'claim') {
      const { claim, equals } = condition
      changes.push({ kind: 'condition-altered', authority, claim, before: equals, after: successor.equals })
    } else changes.push({ kind: 'condition-removed', authority, condition })
  }
  return [...changes, ...come.map((condition) => ({ kind: 'condition-added' as const, authority, condition }))]
}

const isSameClaim = (one: Condition, other: Condition) =>
  one.kind === 'claim' && other.kind === 'claim' && one.claim === other.claim

function without(conditions: readonly Condition[], others: readonly Condition[]): Condition[] {
  const known = new Set(others.map(canonical))
  return conditions.filter((each) => !known.has(canonical(each)))
}

const groupOf = (condition: Condition) =>
  condition.kind === 'allOf' || condition.kind === 'anyOf'
    ? { kind: condition.kind, conditions: uniqueConditions(condition.conditions) }
    : { kind: 'allOf' as const, conditions: [condition] }

function uniqueConditions(conditions: readonly Condition[]): Condition[] {
  return [...new Map(conditions.map((each) => [canonical(each), each])).values()]
}

/** The same text for conditions that mean the same. */
function canonical(condition: Condition): string {
  if (condition.kind !== 'allOf' && condition.kind !== 'anyOf') return JSON.stringify(condition)
  const members = [...new Set(condition.conditions.map(canonical))].sort()
  return `${members.length === 1 ? 'one' : condition.kind}(${members.join()})`
}
