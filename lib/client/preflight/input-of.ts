import type { WizardChoices, WizardVault } from '@/lib/domain/imports/views'
import type { PreflightCaller, PreflightInput, PreflightVault, TransferFile } from '@/lib/domain/preflight/input'
import { type Answers, targetOf } from '../import/answers'
import { chosenKey } from '../import/key-file'
import { factsQuestion, type WizardState } from '../import/wizard'

/** All that preflight may know in the browser: the answers, the vault's facts, and the file that is held beside them. */
export function preflightInputOf(
  state: WizardState,
  choices: WizardChoices,
  file: TransferFile | undefined,
  now: Date,
): PreflightInput {
  const { answers } = state
  const vault = choices.vaults.find(({ connectionId }) => connectionId === answers.connectionId)
  const kek = vault?.keks.find(({ kid }) => kid === answers.kekKid)
  const known =
    state.facts.state === 'known' && state.facts.about === factsQuestion(answers) ? state.facts.facts : undefined
  return {
    now,
    kekKid: answers.kekKid,
    target: wantedSoFar(answers),
    typedName: answers.typedName || null,
    ...(file && state.file.state === 'read' ? { file } : {}),
    ...(answers.overTls ? clearKeyOf(state) : {}),
    ...(vault ? { vault: vaultOf(vault), caller: callerOf(vault) } : {}),
    ...(kek ? { recordedKekSpkiSha256: kek.spkiSha256 } : {}),
    ...(known ? { kek: known.kek, nameState: known.nameState } : {}),
  }
}

/** The way over TLS, and the key that is to go it as far as it is known. */
function clearKeyOf({ file }: WizardState): Pick<PreflightInput, 'way' | 'key'> {
  const key = file.state === 'key-file' ? chosenKey(file.key) : undefined
  return { way: 'jwk', ...(key ? { key: { family: key.kind, sizeOrCurve: key.sizeOrCurve } } : {}) }
}

function vaultOf({ url, kind, tier }: WizardVault): PreflightVault {
  return { url, kind, ...(tier ? { tier } : {}) }
}

function wantedSoFar(answers: Answers): NonNullable<PreflightInput['target']> {
  const target = targetOf(answers)
  return target ?? (answers.name ? { name: answers.name } : {})
}

const PERMISSIONS = { working: 'seen-working', refused: 'refused', 'not-known': 'not-known' } as const

function callerOf(vault: WizardVault): PreflightCaller {
  return {
    importPermission: PERMISSIONS[vault.importCapability.known],
    otherApprovers: vault.otherApprovers,
    approvalsRequired: vault.approvalsRequired,
    vaultAnswers: vault.state === 'answering',
    clockSkewMs: vault.clockSkewMs,
  }
}
