export const ALARM_KINDS = [
  'key-substituted',
  'check-value-unclear',
  'check-value-window-open',
  'enabled-outside',
  'release-diverged',
] as const
export type AlarmKind = (typeof ALARM_KINDS)[number]

export const ALARM_WORDS = {
  'key-substituted': 'The key in the vault is not the key of the ceremony record.',
  'check-value-unclear': 'The key check value could not be compared; the version was disabled again.',
  'check-value-window-open': 'A symmetric key may still be enabled for its check value: disable it now.',
  'release-diverged':
    'A vault acted against a release policy: it released, or refused, where the policy says the opposite.',
  'enabled-outside': 'A key under review was enabled past Drawbridge.',
} as const satisfies Record<AlarmKind, string>

export interface AlarmView {
  id: string
  kind: AlarmKind
  vaultName: string
  keyName: string
  keyVersion: string | null
  importId: string | null
  importReference: string | null
  raisedAt: string
}
