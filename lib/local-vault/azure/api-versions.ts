import { badParameter } from './fault'

/** What a version of the data plane has beside what 7.4 has. */
export type ApiFeatures = {
  /** `attributes.hsmPlatform`. */
  hsmPlatform: boolean
  /** `CKM_AES_KEY_WRAP` and `CKM_AES_KEY_WRAP_PAD`. */
  ckmAesKeyWrap: boolean
  /** `GET …/attestation`. */
  attestation: boolean
  /** `HS256`, `HS384` and `HS512`. */
  hmac: boolean
}

export type ApiVersion = {
  /** As the caller asked for it, in one spelling. */
  name: string
  /** The row it is served by: its own name for those that are listed as faithful. */
  servedAs: string
  features: ApiFeatures
}

const base: ApiFeatures = { hsmPlatform: false, ckmAesKeyWrap: false, attestation: false, hmac: false }

/** The versions that differ, oldest first: the TypeSpec's `@added`, https://github.com/Azure/azure-rest-api-specs, Security.KeyVault.Keys. */
const rows = {
  '7.4': base,
  '7.5': { ...base, hsmPlatform: true },
  '7.6-preview.1': { ...base, hsmPlatform: true, ckmAesKeyWrap: true },
  '7.6': { ...base, hsmPlatform: true, ckmAesKeyWrap: true, attestation: true },
  '2025-07-01': { hsmPlatform: true, ckmAesKeyWrap: true, attestation: true, hmac: true },
} as const satisfies Record<string, ApiFeatures>

type Row = keyof typeof rows

/** Every version that the service was ever given, and the row that answers it. Older ones are served as 7.4. */
export const apiVersions = {
  '2015-06-01': '7.4',
  '2016-10-01': '7.4',
  '7.0-preview': '7.4',
  '7.0': '7.4',
  '7.1-preview': '7.4',
  '7.1': '7.4',
  '7.2-preview': '7.4',
  '7.2': '7.4',
  '7.3-preview': '7.4',
  '7.3': '7.4',
  '7.4-preview.1': '7.4',
  '7.4': '7.4',
  '7.5-preview.1': '7.5',
  '7.5': '7.5',
  '7.6-preview.1': '7.6-preview.1',
  '7.6-preview.2': '7.6',
  '7.6': '7.6',
  '2025-06-01-preview': '2025-07-01',
  '2025-07-01': '2025-07-01',
  '2026-01-01-preview': '2025-07-01',
} as const satisfies Record<string, Row>

/** Reads the `api-version` parameter; there is no default. Throws a 400 Fault for none and for one that never was. */
export function readApiVersion(text: string | null): ApiVersion {
  if (text === null || text === '') throw badParameter('The request did not specify an api-version.')
  const name = text.toLowerCase()
  if (!isKnown(name)) throw badParameter('The specified api-version is not supported.')
  const servedAs = apiVersions[name]
  return { name, servedAs, features: rows[servedAs] }
}

function isKnown(name: string): name is keyof typeof apiVersions {
  return Object.hasOwn(apiVersions, name)
}

type Json = Record<string, unknown>

/** The answer without the attributes that came after this version: of a key, or of each item of a list. */
export function withoutNewer(body: Json, { features }: Pick<ApiVersion, 'features'>): Json {
  if (features.hsmPlatform) return body
  const { attributes, value } = body
  return {
    ...body,
    ...(isJson(attributes) && { attributes: withoutPlatform(attributes) }),
    ...(Array.isArray(value) && {
      value: value.map((item) => (isJson(item) ? withoutNewer(item, { features }) : item)),
    }),
  }
}

function withoutPlatform({ hsmPlatform: _newer, ...attributes }: Json): Json {
  return attributes
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null
}
