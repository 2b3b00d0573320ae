import { z } from 'zod'
import { badKey, badParameter, type Fault } from './fault'
import { curveNames, keyTypeNames } from './key-types'
import { parseLenientJson } from './lenient-json'
import { maxNonceLength, maxTagLength, maxTags, maxTargetLength, mostRandomBytes } from './limits'
import { releaseAlgorithmNames } from './release/wrap-for-release'

/** base64url or the standard alphabet, padding optional: shipping clients of both kinds exist. */
const bytes = z
  .string()
  .regex(/^[A-Za-z0-9+/_-]*={0,2}$/)
  .transform((text) => Buffer.from(text, 'base64'))

/** .NET readers of JSON take `null` for "not given"; so do we. */
const given = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined)

const intDate = given(z.int().min(0).max(253_402_300_799))

const attributes = given(
  z.object({ enabled: given(z.boolean()), nbf: intDate, exp: intDate, exportable: given(z.boolean()) }),
)

const tagText = z.string().max(maxTagLength)
const tags = given(
  z.record(tagText.min(1), tagText).refine((all) => Object.keys(all).length <= maxTags, `at most ${maxTags} tags`),
)

const releasePolicy = given(z.object({ contenttype: given(z.string()), data: bytes, immutable: given(z.boolean()) }))

const keyOps = given(z.array(z.string()).max(16))
const common = { attributes, tags, release_policy: releasePolicy }

export const createBody = z.object({
  kty: z.enum(keyTypeNames),
  key_size: given(z.int()),
  public_exponent: given(z.int()),
  crv: given(z.enum(curveNames)),
  key_ops: keyOps,
  ...common,
})

export const importBody = z.object({
  hsm: given(z.boolean()),
  key: z.object({
    kty: z.enum(keyTypeNames),
    crv: given(z.enum(curveNames)),
    key_ops: keyOps,
    key_hsm: given(bytes),
    k: given(bytes),
    n: given(bytes),
    e: given(bytes),
    d: given(bytes),
    p: given(bytes),
    q: given(bytes),
    dp: given(bytes),
    dq: given(bytes),
    qi: given(bytes),
    x: given(bytes),
    y: given(bytes),
  }),
  ...common,
})

export const updateBody = z.object({ key_ops: keyOps, ...common })

export const releaseBody = z.object({
  target: z.string().min(1).max(maxTargetLength),
  nonce: given(z.string().max(maxNonceLength)),
  enc: given(z.enum(releaseAlgorithmNames)),
})

const algorithm = z.string().min(1)
export const signBody = z.object({ alg: algorithm, value: bytes })
export const verifyBody = z.object({ alg: algorithm, digest: bytes, value: bytes })
export const cipherBody = z.object({
  alg: algorithm,
  value: bytes,
  iv: given(bytes),
  aad: given(bytes),
  tag: given(bytes),
})
export const randomBody = z.object({ count: z.int().min(1).max(mostRandomBytes) })
export const restoreBody = z.object({ value: bytes })

export type CommonBody = { attributes: z.infer<typeof attributes>; tags: z.infer<typeof tags> }
export type GivenReleasePolicy = z.infer<typeof releasePolicy>
export type ImportedJwk = z.infer<typeof importBody>['key']

/** Parses a body or answers 400, naming the property and never its value. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  throw faultOf(result.error)
}

function faultOf(error: z.ZodError): Fault {
  const path = error.issues[0]?.path ?? []
  if (path[0] === 'key') return badKey()
  if (path[0] === 'tags')
    return badParameter(
      `The property "tags" has an invalid value: at most ${maxTags} tags, names and values of at most ${maxTagLength} characters.`,
    )
  return badParameter(
    path.length > 0 ? `The property "${path.join('.')}" has an invalid value.` : 'Property has invalid value',
  )
}

/** JSON text to an object whose member names are lower case at every depth, but for the names of tags. */
export function readJson(text: string): unknown {
  if (text.trim() === '') return {}
  let parsed: unknown
  try {
    parsed = parseLenientJson(text)
  } catch {
    throw badParameter('The request body is not valid JSON.')
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw badParameter('The request body must be a JSON object.')
  return lowerNames(parsed, 0)
}

const maxDepth = 8

function lowerNames(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth > maxDepth) throw badParameter('The request body is nested too deeply.')
  if (Array.isArray(value)) return value.map((item) => lowerNames(item, depth + 1))
  const entries = Object.entries(value).map(([name, member]): [string, unknown] => {
    const lower = name.toLowerCase()
    return [lower, lower === 'tags' ? member : lowerNames(member, depth + 1)]
  })
  return Object.fromEntries(entries)
}
