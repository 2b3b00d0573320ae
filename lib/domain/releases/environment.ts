import { findClaim } from './find-claim'
import { cleanText } from './history/clean-text'
import type { JsonObject } from './json-object'
import type { Scalar } from './policy'

/** What ran, as a token tells it: not which machine it ran on. Shown values are one line each, and cut. */
export interface Environment {
  /** The token's issuer. */
  authority: string
  /** `sevsnpvm`, `sgx`; null: the token names none. */
  type: string | null
  /** Empty: the token holds no measurement that is known here, so that all of its authority and type count as one. */
  measured: { claim: string; value: string }[]
}

/** A confidential VM's token holds the report below this, and names itself `azurevm` on top. */
const TEE = 'x-ms-isolation-tee.'
const TYPE = 'x-ms-attestation-type'

/**
 * What tells one environment from another in the layouts of `token-layouts.ts`: what was measured at its start, who signed it,
 * and whether it can be debugged. Versions of firmware are left out, for they change without anybody doing anything; so is
 * the machine, of which there is a new one whenever a group grows.
 */
const MEASUREMENTS = [
  ...(['x-ms-sevsnpvm-launchmeasurement', 'x-ms-sevsnpvm-hostdata', 'x-ms-sevsnpvm-is-debuggable'] as const),
  ...(['x-ms-sgx-mrenclave', 'x-ms-sgx-mrsigner', 'x-ms-sgx-product-id', 'x-ms-sgx-is-debuggable'] as const),
]

type Token = { issuer: string; claims: JsonObject }

export function environmentOf(token: Token): Environment {
  const { authority, type, measured } = identityOf(token)
  return {
    authority: shown(authority),
    type: type === undefined ? null : shown(type),
    measured: measured.map(([claim, value]) => ({ claim, value: shown(value) })),
  }
}

/** The text whose digest is the environment's identity: everything that tells it from others, uncut, and the kinds of its values. */
export function environmentText(token: Token): string {
  const { authority, type, measured } = identityOf(token)
  return JSON.stringify(['environment-1', authority, type ?? null, measured])
}

function identityOf({ issuer, claims }: Token) {
  const claimed = (claim: string): Scalar | undefined => {
    const found = findClaim(claims, claim)
    return found.found === 'value' ? found.value : undefined
  }
  const measured = ['', TEE].flatMap((parent) =>
    MEASUREMENTS.flatMap((name): [string, Scalar][] => {
      const value = claimed(parent + name)
      return value === undefined ? [] : [[parent + name, value]]
    }),
  )
  return { authority: issuer, type: claimed(TEE + TYPE) ?? claimed(TYPE), measured }
}

const shown = (value: Scalar) => cleanText(String(value), 160) ?? '(blank)'

const SHORT = 12
/** As a field is that nobody filled. */
const ZEROS = /^0+$/

/** In one line: the kind of it, and how its measurements begin. */
export function environmentWords({ type, measured }: Environment): string {
  const debuggable = measured.some(({ claim, value }) => claim.endsWith('-is-debuggable') && value === 'true')
  const values = measured
    .filter(({ claim, value }) => !claim.endsWith('-is-debuggable') && !ZEROS.test(value))
    .map(({ claim, value }) => `${nameOf(claim)} ${value.length > SHORT ? `${value.slice(0, SHORT)}…` : value}`)
  return [type ?? 'kind not told', ...values, ...(debuggable ? ['debuggable'] : [])].join(', ')
}

function nameOf(claim: string): string {
  return claim.slice(claim.lastIndexOf('.') + 1).replace(/^x-ms-(?:sevsnpvm|sgx)-/, '')
}
