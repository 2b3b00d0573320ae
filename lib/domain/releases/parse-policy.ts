import { err, ok, type Result } from '../result'
import { isImprecise, knownVersions, spellings } from './contradictions'
import { isJsonObject, type JsonObject, memberOf } from './json-object'
import {
  type Authority,
  type Condition,
  maxPolicyDepth,
  maxPolicyLength,
  type ReleasePolicy,
  type Scalar,
} from './policy'
import type { PolicyProblem, PolicyProblemCode } from './policy-problem'

type Read<T> = Result<T, PolicyProblem>

/** Reads a release policy's text, or gives its first problem with the place. */
export function parseReleasePolicy(text: string): Read<ReleasePolicy> {
  if (text.length > maxPolicyLength) return problem('too-long', '')
  const policy = parseJson(text)
  if (policy === undefined) return problem('not-json', '')
  if (!isJsonObject(policy)) return problem('not-an-object', '')
  const version = memberOf(policy, 'version')
  if (version === undefined) return problem('version-missing', '')
  if (typeof version !== 'string' || !knownVersions.includes(version)) return problem('version-unknown', 'version')
  const authorities = pick(policy, spellings.anyOf)[0]
  if (!Array.isArray(authorities) || authorities.length === 0) return problem('authorities-missing', '')
  const read = readAll(authorities, 'anyOf', readAuthority)
  return read.ok ? ok({ authorities: read.value }) : read
}

function readAuthority(value: unknown, at: string): Read<Authority> {
  if (!isJsonObject(value)) return problem('authority-not-an-object', at)
  const authority = memberOf(value, 'authority')
  if (typeof authority !== 'string' || authority === '') return problem('authority-without-name', at)
  const condition = readGroup(value, at, 1)
  return condition.ok ? ok({ authority, condition: condition.value }) : condition
}

/** The one list, allOf or anyOf, of an authority or of a nested condition. */
function readGroup(value: JsonObject, at: string, depth: number): Read<Condition> {
  if (depth > maxPolicyDepth) return problem('too-deep', at)
  const [all, any] = [pick(value, spellings.allOf), pick(value, spellings.anyOf)]
  if (all.length + any.length > 1) return problem('conditions-both', at)
  const kind = all.length === 1 ? 'allOf' : 'anyOf'
  const list = all.concat(any)[0]
  if (!Array.isArray(list)) return problem('conditions-missing', at)
  if (list.length === 0) return problem('conditions-empty', `${at}.${kind}`)
  const read = readAll(list, `${at}.${kind}`, (each, place) => readCondition(each, place, depth))
  return read.ok ? ok({ kind, conditions: read.value }) : read
}

const groupNames: readonly string[] = [...spellings.allOf, ...spellings.anyOf]

function readCondition(value: unknown, at: string, depth: number): Read<Condition> {
  if (!isJsonObject(value)) return problem('condition-not-an-object', at)
  const isGroup = Object.keys(value).some((name) => groupNames.includes(name))
  if (isGroup && Object.hasOwn(value, 'claim')) return problem('condition-mixed', at)
  return isGroup ? readGroup(value, at, depth + 1) : readClaim(value, at)
}

function readClaim(value: JsonObject, at: string): Read<Condition> {
  const claim = memberOf(value, 'claim')
  if (typeof claim !== 'string') return problem('claim-missing', at)
  if (claim.split('.').includes('')) return problem('claim-path-empty', at)
  const [operator, more] = Object.keys(value).filter((name) => name !== 'claim')
  if (operator === undefined) return problem('operator-missing', at)
  if (more !== undefined) return problem('operators-many', at)
  return operator === 'equals' ? readEquals(claim, value.equals, at) : ok({ kind: 'unsupported', claim, operator })
}

function readEquals(claim: string, equals: unknown, at: string): Read<Condition> {
  if (!isScalar(equals)) return problem('value-not-scalar', at)
  return isImprecise(equals) ? problem('number-too-large', at) : ok({ kind: 'claim', claim, equals })
}

export function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

function readAll<T>(list: unknown[], at: string, read: (value: unknown, at: string) => Read<T>): Read<T[]> {
  const values: T[] = []
  for (const [index, each] of list.entries()) {
    const one = read(each, `${at}[${index}]`)
    if (!one.ok) return one
    values.push(one.value)
  }
  return ok(values)
}

/** What stands under any of the spellings. */
function pick(value: JsonObject, names: readonly string[]): unknown[] {
  return names.filter((name) => Object.hasOwn(value, name)).map((name) => value[name])
}

function problem(code: PolicyProblemCode, at: string): { ok: false; error: PolicyProblem } {
  return err({ code, at })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // That it is not JSON is the finding; the parser's message would quote the text.
    return undefined
  }
}
