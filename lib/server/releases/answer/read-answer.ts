import 'server-only'
import { X509Certificate } from 'node:crypto'
import { z } from 'zod'

/** Characters; an RSA-4096 key's answer has about twenty thousand. */
export const MAX_ANSWER_LENGTH = 512 * 1024

const BASE64URL = /^[A-Za-z0-9_-]+$/
const headerSchema = z.looseObject({ alg: z.string(), x5c: z.array(z.string().max(20_000)).min(1).max(10) })

const payloadSchema = z.looseObject({
  request: z.looseObject({ enc: z.string(), kid: z.string(), nonce: z.string().optional() }),
  response: z.looseObject({
    key: z.looseObject({ key: z.looseObject({ kid: z.string(), key_hsm: z.string() }) }),
  }),
})

/** What stands in `key_hsm`: a transfer blob of schema 1.0. */
const wrappedSchema = z.looseObject({
  schema_version: z.literal('1.0'),
  header: z.looseObject({ kid: z.string(), alg: z.literal('dir'), enc: z.string() }),
  ciphertext: z.string().regex(BASE64URL),
})

/** A vault's answer, taken apart and believed by nobody yet. A part that can't be read is null. */
export interface ReadAnswer {
  algorithm: string
  /** The signing certificate first. */
  chain: X509Certificate[]
  /** What the signature is over. */
  signed: Buffer
  signature: Buffer
  payload: z.infer<typeof payloadSchema> | null
  wrapped: (z.infer<typeof wrappedSchema> & { bytes: Buffer }) | null
}

/** Reads the compact JWS of a release (https://learn.microsoft.com/azure/key-vault/keys/policy-grammar); null: it is none. */
export function readAnswer(text: string): ReadAnswer | null {
  const [head = '', body = '', seal = '', ...more] = text.length > MAX_ANSWER_LENGTH ? [] : text.split('.')
  if (more.length > 0 || ![head, body, seal].every((part) => BASE64URL.test(part))) return null
  const header = headerSchema.safeParse(jsonIn(head))
  const chain = header.success ? certificates(header.data.x5c) : null
  if (!header.success || !chain) return null
  const payload = payloadSchema.safeParse(jsonIn(body)).data ?? null
  return {
    algorithm: header.data.alg,
    chain,
    signed: Buffer.from(`${head}.${body}`),
    signature: Buffer.from(seal, 'base64url'),
    payload,
    wrapped: payload && readWrapped(payload.response.key.key.key_hsm),
  }
}

function readWrapped(keyHsm: string): ReadAnswer['wrapped'] {
  const blob = wrappedSchema.safeParse(jsonIn(keyHsm))
  return blob.success ? { ...blob.data, bytes: Buffer.from(blob.data.ciphertext, 'base64url') } : null
}

function certificates(x5c: readonly string[]): X509Certificate[] | null {
  try {
    const chain = x5c.map((der) => new X509Certificate(Buffer.from(der, 'base64')))
    // Read here, where it is asked for first: of a key that is none, or of a kind that nobody knows, that throws.
    return chain.every(({ publicKey }) => publicKey.type === 'public') ? chain : null
  } catch {
    // That one of them is no certificate with a key is the answer; node:crypto says no more.
    return null
  }
}

function jsonIn(base64url: string): unknown {
  try {
    return JSON.parse(Buffer.from(base64url, 'base64url').toString('utf8'))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined
    throw error
  }
}
