export const ALARM_KINDS = [
  'key-substituted',
  'check-value-unclear',
  'check-value-window-open',
  'enabled-outside',
  'release-diverged',
  'released-while-barred',
  'released-while-barred-many',
  'changed-outside',
  'changed-outside-many',
] as const
export type AlarmKind = (typeof ALARM_KINDS)[number]

export const ALARM_WORDS = {
  'key-substituted': 'The key in the vault is not the key of the ceremony record.',
  'check-value-unclear': 'The key check value could not be compared; the version was disabled again.',
  'check-value-window-open': 'A symmetric key may still be enabled for its check value: disable it now.',
  'release-diverged':
    'A vault acted against a release policy: it released, or refused, where the policy says the opposite.',
  'released-while-barred': 'A key was released while that version was disabled or under review.',
  'released-while-barred-many':
    'Further keys of this vault were released while disabled or under review: they stand under Releases.',
  'changed-outside': 'A key was changed past Drawbridge: the vault’s log tells of a change that was not done here.',
  'changed-outside-many':
    'Keys of this vault were changed past Drawbridge, more than are told one by one or more than a day before it was read: they stand under Releases.',
  'enabled-outside': 'A key under review was enabled past Drawbridge.',
} as const satisfies Record<AlarmKind, string>

/** What stands in a key's place: no vault takes such a name. */
export const SEVERAL_KEYS = '(several keys)'
export const KEY_NOT_NAMED = '(a key that the log does not name)'

const OF_THE_LOGS: readonly AlarmKind[] = [
  ...(['released-while-barred', 'released-while-barred-many'] as const),
  ...(['changed-outside', 'changed-outside-many'] as const),
]

/** What a vault's log told: its records stand under Releases, whatever became of the key. */
export function isToldByLogs(kind: AlarmKind): boolean {
  return OF_THE_LOGS.includes(kind)
}

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
