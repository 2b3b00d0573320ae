import type { OperationKind } from '../operations/operation'
import { type AuditPhase, auditDetailsSchema } from './event'
import { codeWords, reasonWords, sentence, type Told } from './told'

/** Infinitives: "is about to …", "did …" follow from the phase. */
const ACTS = {
  create_kek: (told) => ({
    act: `create the KEK ${told.key} in ${told.vault}`,
    did: `created the KEK ${told.key} in ${told.vault}`,
  }),
  create_key: (told) => ({
    act: `create the exportable ${told.key} in ${told.vault}, disabled`,
    did: `created the exportable ${told.key} in ${told.vault}, disabled`,
  }),
  retire_kek: (told) => ({
    act: `retire the KEK ${told.key} in ${told.vault}`,
    did: `retired the KEK ${told.key} in ${told.vault}`,
  }),
  import_key: (told) => ({
    act: `import ${told.key} into ${told.vault}, disabled`,
    did: `imported ${told.key} into ${told.vault}, disabled for review`,
  }),
  enable_key: (told) => ({
    act: `enable the imported ${told.key} in ${told.vault}`,
    did: `enabled the imported ${told.key} in ${told.vault}`,
  }),
  reject_key: (told) => ({
    act: `mark the imported ${told.key} in ${told.vault} as rejected`,
    did: `marked the imported ${told.key} in ${told.vault} as rejected; it stays disabled`,
  }),
  disable_key: (told) => ({
    act: `disable ${told.key} in ${told.vault}`,
    did: `disabled ${told.key} in ${told.vault}`,
  }),
  mark_compromised: (told) => ({
    act: `mark ${told.key} in ${told.vault} as compromised`,
    did: `marked ${told.key} in ${told.vault} as compromised`,
  }),
  delete_key: (told) => ({
    act: `delete the rejected ${told.key} from ${told.vault}`,
    did: `deleted the rejected ${told.key} from ${told.vault}`,
  }),
  release_key: (told) => ({
    act: `release ${told.key} from ${told.vault} to an attested environment`,
    did: `released ${told.key} from ${told.vault}, encrypted for an attested environment`,
  }),
  reenable_key: (told) => ({
    act: `enable ${told.key} in ${told.vault} on request`,
    did: `enabled ${told.key} in ${told.vault} on request`,
  }),
  change_policy: (told) => ({
    act: `change the release policy of ${told.key} in ${told.vault}`,
    did: `changed the release policy of ${told.key} in ${told.vault}`,
  }),
} as const satisfies Record<OperationKind, (told: Told) => { act: string; did: string }>

const OPERATION_PHASES = {
  intended: ({ who }, { act }) => `${who} set out to ${act}`,
  succeeded: ({ who }, { did }) => `${who} ${did}`,
  failed: ({ who, code }, { act }) => `${who} failed to ${act}${codeWords(code)}`,
  indeterminate: ({ who }, { act }) => `It is not known whether the vault did what ${who} asked: to ${act}`,
  refused: ({ who, code }, { act }) => `${who} was refused when asking to ${act}${codeWords(code)}`,
  noted: ({ who }, { act }) => `${who} went on to ${act}`,
} as const satisfies Record<AuditPhase, (told: Told, words: { act: string; did: string }) => string>

/** What an act on a vault came to. */
export function describeOperation(told: Told, details: unknown): string {
  const kind = kindOf(details)
  const words = kind
    ? ACTS[kind](told)
    : { act: `act on ${told.key} in ${told.vault}`, did: `acted on ${told.key} in ${told.vault}` }
  return sentence(OPERATION_PHASES[told.phase](told, words) + reasonWords(told))
}

function kindOf(details: unknown): OperationKind | undefined {
  const parsed = auditDetailsSchema.safeParse(details)
  if (!parsed.success || !('kind' in parsed.data)) return undefined
  const { kind } = parsed.data
  return typeof kind === 'string' && Object.hasOwn(ACTS, kind)
    ? (kind as OperationKind) // ACTS has exactly these keys
    : undefined
}
