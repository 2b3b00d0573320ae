import type { z } from 'zod'
import { addVersion, draftVersion } from '../add-version'
import { generateKey, type KeyShape } from '../cryptography/generate-key'
import { badParameter } from '../fault'
import { acceptsType, keyTypes, octSizes, rsaSizes } from '../key-types'
import { createBody, parseBody } from '../request-body'
import type { VaultCall, VaultReply } from '../vault-call'

export async function createKey(call: VaultCall): Promise<VaultReply> {
  const body = parseBody(createBody, call.body)
  if (!acceptsType(call.vault.settings, 'create', body.kty))
    throw badParameter(`The key type ${body.kty} is not supported here.`)
  const shape = readShape(body)
  const draft = draftVersion(call, body.kty, body.key_ops, body)
  return addVersion(call, draft, await generateKey(shape))
}

function readShape(body: z.infer<typeof createBody>): KeyShape {
  const { family } = keyTypes[body.kty]
  switch (family) {
    case 'RSA':
      return {
        family,
        bits: readSize(body.key_size ?? 2048, rsaSizes),
        publicExponent: readExponent(body.public_exponent ?? 65537),
      }
    case 'EC':
      return { family, curve: body.crv ?? 'P-256' }
    case 'oct':
      return { family, bits: readSize(body.key_size ?? 256, octSizes) }
  }
}

function readSize(size: number, sizes: readonly number[]): number {
  if (!sizes.includes(size))
    throw badParameter(`The property "key_size" has an invalid value: it must be one of ${sizes.join(', ')}.`)
  return size
}

function readExponent(exponent: number): number {
  if (exponent !== 3 && exponent !== 17 && exponent !== 65537)
    throw badParameter('The property "public_exponent" has an invalid value.')
  return exponent
}
