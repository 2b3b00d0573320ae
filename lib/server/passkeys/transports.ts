import 'server-only'

const KNOWN = ['ble', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']

/** A browser's hints for finding the authenticator again; words it made up itself are left out. */
export function knownTransports(told: readonly string[] | undefined): string[] {
  return KNOWN.filter((transport) => told?.includes(transport))
}
