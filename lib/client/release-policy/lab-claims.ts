import { isJsonObject, type JsonObject } from '@/lib/domain/releases/json-object'

/** Does any part of a token say that its environment can be debugged? Such a token is one to be kept out. */
export const isDebuggable = (claims: JsonObject): boolean =>
  Object.entries(claims).some(([name, value]) =>
    isJsonObject(value) ? isDebuggable(value) : name.endsWith('-is-debuggable') && (value === true || value === 'true'),
  )
