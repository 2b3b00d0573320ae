import { existsSync } from 'node:fs'

/** Where Debian and others put SoftHSM2's library. */
const places = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so',
  '/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so',
  '/usr/lib64/softhsm/libsofthsm2.so',
  '/usr/local/lib/softhsm/libsofthsm2.so',
  '/opt/homebrew/lib/softhsm/libsofthsm2.so',
]

export type Pkcs11Module = typeof import('pkcs11js')
export type SoftHsm = { library: string; pkcs11js: Pkcs11Module }
export type SoftHsmSearch = { found: true; softHsm: SoftHsm } | { found: false; reason: string }

/** SoftHSM2 and the binding to it, or what is missing. */
export async function findSoftHsm(): Promise<SoftHsmSearch> {
  const library = places.find((place) => existsSync(place))
  if (library === undefined) return { found: false, reason: 'SoftHSM2 is not installed (Debian: softhsm2)' }
  try {
    // pkcs11js is a CommonJS module: its exports are its default.
    const { default: pkcs11js } = await import('pkcs11js')
    return { found: true, softHsm: { library, pkcs11js } }
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : ''
    return { found: false, reason: `the native part of pkcs11js is not built${missing}: npm rebuild pkcs11js` }
  }
}
