import { isJsonObject, type JsonObject, memberOf } from '../json-object'
import { cleanText } from './clean-text'

export type LogCaller = { objectId: string | null; appId: string | null; upn: string | null }

const OBJECT_ID = ['oid', 'http://schemas.microsoft.com/identity/claims/objectidentifier']
const UPN = [
  'upn',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn',
  'http://schemas.microsoft.com/identity/claims/upn',
  'unique_name',
]

/** Who called, from `identity`: an object in a vault's record, a text that holds JSON in a Managed HSM's. */
export function readCaller(identity: unknown): LogCaller {
  const claim = memberObject(objectOf(identity), 'claim')
  return {
    objectId: firstText(claim, OBJECT_ID) ?? nestedObjectId(claim),
    appId: firstText(claim, ['appid', 'azp']),
    upn: firstText(claim, UPN),
  }
}

function objectOf(identity: unknown): JsonObject {
  if (isJsonObject(identity)) return identity
  if (typeof identity !== 'string') return {}
  try {
    const parsed: unknown = JSON.parse(identity)
    return isJsonObject(parsed) ? parsed : {}
  } catch (error) {
    if (error instanceof SyntaxError) return {} // an identity that can't be read is a caller who is not known
    throw error
  }
}

/** A Managed HSM's: the dots of the claim's name became members. */
function nestedObjectId(claim: JsonObject): string | null {
  const claims = memberObject(memberObject(claim, 'http_schemas_microsoft_com_identity'), 'claims')
  return firstText(claims, ['objectidentifier'])
}

function memberObject(value: JsonObject, name: string): JsonObject {
  const member = memberOf(value, name)
  return isJsonObject(member) ? member : {}
}

function firstText(claims: JsonObject, names: readonly string[]): string | null {
  for (const name of names) {
    const text = cleanText(memberOf(claims, name))
    if (text !== null) return text
  }
  return null
}
