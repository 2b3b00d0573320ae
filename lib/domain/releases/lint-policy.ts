import { isSharedAuthority } from './authority-address'
import { isSameAuthority } from './contradictions'
import { isPlaceholder, isPlaceholderAuthority } from './placeholders'
import type { Authority, Condition, ReleasePolicy, Scalar } from './policy'
import type { PolicyFinding, PolicyFindingCode } from './policy-finding'
import { isOneLayout, knownClaimType, typeOfScalar } from './token-layouts'

/** The documented traps that a policy steps into, in its order. A policy without any may still be the wrong one. */
export function lintPolicy({ authorities }: ReleasePolicy): PolicyFinding[] {
  return [...slashes(authorities), ...authorities.flatMap((each, index) => ofAuthority(each, `anyOf[${index}]`))]
}

function slashes(authorities: readonly Authority[]): PolicyFinding[] {
  return authorities.flatMap(({ authority }, index) =>
    authorities.slice(0, index).some((before) => differBySlash(before.authority, authority))
      ? [{ code: 'authorities-apart-by-slash' as const, at: `anyOf[${index}]`, subject: authority }]
      : [],
  )
}

const differBySlash = (one: string, other: string) => one !== other && isSameAuthority(one, other)

function ofAuthority({ authority, condition }: Authority, at: string): PolicyFinding[] {
  const about = (code: PolicyFindingCode): PolicyFinding => ({ code, at, subject: authority })
  const findings = ofCondition(condition, at, true)
  if (isSharedAuthority(authority)) findings.unshift(about('shared-authority'))
  if (isPlaceholderAuthority(authority)) findings.unshift(about('placeholder-left'))
  const ways = waysToMeet(condition)
  if (ways === null) return findings
  if (ways.some((way) => !isOneLayout([...way.keys()].filter(isAttested)))) findings.push(about('no-known-layout'))
  if (ways.some((way) => !keepsDebuggersOut(way))) findings.push(about('debuggable-allowed'))
  return findings
}

/** A claim of the service's own; people's tokens may carry others. */
const isAttested = (claim: string) => claim.startsWith('x-ms-') || claim === 'secureboot'

function ofCondition(condition: Condition, at: string, isOutermost: boolean): PolicyFinding[] {
  switch (condition.kind) {
    case 'unsupported':
      return [{ code: 'operator-never-met', at, subject: `${condition.claim} ${condition.operator}` }]
    case 'claim':
      return ofClaim(condition.claim, condition.equals, at)
    case 'allOf':
    case 'anyOf': {
      const place = `${at}.${condition.kind}`
      const inner = condition.conditions.flatMap((each, index) => ofCondition(each, `${place}[${index}]`, false))
      const nested: PolicyFinding[] = isOutermost ? [] : [{ code: 'nested', at, subject: condition.kind }]
      return [...nested, ...(condition.kind === 'allOf' ? contradictions(condition.conditions, place) : []), ...inner]
    }
  }
}

function contradictions(conditions: readonly Condition[], at: string): PolicyFinding[] {
  const wanted = new Map<string, Scalar>()
  const findings: PolicyFinding[] = []
  for (const each of conditions) {
    if (each.kind !== 'claim') continue
    const before = wanted.get(each.claim)
    if (before !== undefined && before !== each.equals)
      findings.push({ code: 'contradiction', at, subject: each.claim })
    wanted.set(each.claim, each.equals)
  }
  return findings
}

function ofClaim(claim: string, equals: Scalar, at: string): PolicyFinding[] {
  const code = typeFinding(claim, equals)
  const findings: PolicyFinding[] = code ? [{ code, at, subject: claim }] : []
  if (isPlaceholder(equals)) findings.push({ code: 'placeholder-left', at, subject: claim })
  if (isDebuggable(claim) && `${equals}` === 'true') findings.push({ code: 'debuggable-required', at, subject: claim })
  return findings
}

function typeFinding(claim: string, equals: Scalar): PolicyFindingCode | undefined {
  const [known, given] = [knownClaimType(claim), typeOfScalar(equals)]
  if (known === undefined || known === given) return undefined
  if (known === 'boolean' && (equals === 'true' || equals === 'false')) return 'text-for-boolean'
  if (known === 'number' && typeof equals === 'string' && /^\d+$/.test(equals)) return 'text-for-number'
  return 'other-type'
}

const isDebuggable = (claim: string) => /(^|\.)x-ms-(sevsnpvm|sgx)-is-debuggable$/.test(claim)

/** One way to meet a condition: each claim with what it must equal. */
type Way = ReadonlyMap<string, Scalar>
/** Beyond it, a policy has too many ways to be looked at one by one. */
const mostWays = 256

/** Every way to meet it, without those that contradict themselves; null where there are too many. */
function waysToMeet(condition: Condition): Way[] | null {
  switch (condition.kind) {
    case 'unsupported':
      return []
    case 'claim':
      return [new Map([[condition.claim, condition.equals]])]
    case 'anyOf': {
      const ways = condition.conditions.map(waysToMeet)
      const found = ways.flatMap((each) => each ?? [])
      return ways.includes(null) || found.length > mostWays ? null : found
    }
    case 'allOf':
      return condition.conditions.reduce<Way[] | null>((before, each) => bothOf(before, waysToMeet(each)), [new Map()])
  }
}

function bothOf(one: readonly Way[] | null, other: readonly Way[] | null): Way[] | null {
  if (!one || !other || one.length * other.length > mostWays) return null
  return one.flatMap((a) => other.flatMap((b) => (agree(a, b) ? [new Map([...a, ...b])] : [])))
}

const agree = (one: Way, other: Way) =>
  [...other].every(([claim, value]) => !one.has(claim) || one.get(claim) === value)

/**
 * By the claim itself, or by a measurement: whoever names the code that runs, or the enclave's hash, has named one that can or
 * can't be debugged. A compliance status is Microsoft's word that the environment follows its policy, and is taken for it.
 */
function keepsDebuggersOut(way: Way): boolean {
  return [...way].some(([claim, value]) => (isDebuggable(claim) ? `${value}` === 'false' : isMeasured.test(claim)))
}

const isMeasured = /(^|\.)x-ms-(compliance-status|sgx-mrenclave|sevsnpvm-(hostdata|launchmeasurement))$/
