import { FIELD_IDS } from '@/lib/client/import/field-ids'
import { kekBlockedBecause } from '@/lib/client/import/kek-blocked'
import type { WizardKek, WizardVault } from '@/lib/domain/imports/views'
import { routes } from '@/lib/routes'
import { KekExpiry } from '../keks/kek-expiry'
import { Banner } from '../ui/banner'
import { RadioGroup } from '../ui/choice-group'
import { KeyId } from '../ui/key-id'
import { TextLink } from '../ui/text-link'
import { ImportRole } from './import-role'
import type { StepProps } from './import-wizard'
import type { WizardParts } from './use-import-wizard'

const STATE_NOTES = {
  answering: undefined,
  not_answering: 'It does not answer now.',
  not_activated: 'This Managed HSM is not activated yet.',
  not_known: 'It has not been asked yet.',
} as const satisfies Record<WizardVault['state'], string | undefined>

export const StepVault = ({ wizard, errorOf }: StepProps) => <VaultAndKek wizard={wizard} errorOf={errorOf} />

type VaultAndKekProps = {
  wizard: WizardParts & { now: Date }
  errorOf: StepProps['errorOf']
  /** Of a queue: for every file of it. */
  several?: boolean
}

/** Which vault receives, and under which of its KEKs: of one import, or of a whole queue. */
export function VaultAndKek({ wizard, errorOf, several = false }: VaultAndKekProps) {
  const { choices, state, dispatch, now } = wizard
  const vault = choices.vaults.find(({ connectionId }) => connectionId === state.answers.connectionId)
  return (
    <div className="flex flex-col gap-8">
      {vault && vault.otherApprovers < vault.approvalsRequired ? (
        <Banner tone="danger" title="An import into this vault could not be decided.">
          {`It asks for ${vault.approvalsRequired === 1 ? 'one approval' : `${vault.approvalsRequired} approvals`} by officers other than you, and there are ${vault.otherApprovers === 0 ? 'none' : `only ${vault.otherApprovers}`}. Have an administrator name another approver first.`}
        </Banner>
      ) : null}
      <RadioGroup
        id={FIELD_IDS.vault}
        legend={several ? 'Vault that is to receive the keys' : 'Vault that is to receive the key'}
        name="vault"
        error={errorOf(FIELD_IDS.vault)}
        value={state.answers.connectionId ?? ''}
        onChange={(event) => dispatch({ type: 'vault-chosen', connectionId: event.target.value })}
        options={choices.vaults.map((choice) => ({
          value: choice.connectionId,
          label: `${choice.name} (${choice.environment})`,
          hint: [choice.url, STATE_NOTES[choice.state]].filter(Boolean).join(' · '),
        }))}
      />
      {vault ? <ImportRole vault={vault} /> : null}
      {vault && vault.keks.length === 0 ? <NoKek /> : null}
      {vault && (vault.keks.length > 0 || !several) ? (
        <RadioGroup
          id={FIELD_IDS.kek}
          legend={several ? 'KEK that wraps the keys' : 'KEK that wraps the key'}
          name="kek"
          hint={
            several
              ? 'Each transfer blob names it too; the two are compared as the file is read.'
              : 'A key file is sealed under it here. A transfer blob names it, and the two are compared in the next step.'
          }
          error={errorOf(FIELD_IDS.kek)}
          value={state.answers.overTls ? OVER_TLS.value : (state.answers.kekKid ?? '')}
          onChange={({ target }) =>
            dispatch(
              target.value === OVER_TLS.value ? { type: 'tls-chosen' } : { type: 'kek-chosen', kekKid: target.value },
            )
          }
          options={[...vault.keks.map((kek) => kekOption(kek, now)), ...(several ? [] : [OVER_TLS])]}
        />
      ) : null}
    </div>
  )
}

const OVER_TLS = {
  value: 'over-tls',
  label: 'None: the server will see the private key',
  hint: 'For a key that is to be protected by software, or a vault without a KEK. The key goes in the clear inside TLS; you acknowledge that in the next step.',
}

function kekOption(kek: WizardKek, now: Date) {
  const blocked = kekBlockedBecause(kek, now)
  return {
    value: kek.kid,
    label: (
      <span className="inline-flex flex-wrap items-center gap-x-3 gap-y-1">
        <span>
          {kek.name} <span className="text-text-muted">{kek.bits} bits</span>
        </span>
        <KekExpiry expiresAt={kek.expiresAt} />
      </span>
    ),
    hint: <KeyId value={kek.kid} label={`Copy the key identifier of ${kek.name}`} length={0} />,
    disabledReason: blocked ? `It can’t be used: ${blocked}` : undefined,
  }
}

function NoKek() {
  return (
    <p className="max-w-prose text-sm">
      This vault has no KEK yet. <TextLink href={routes.newKek()}>Create one</TextLink>: a key file is sealed under it
      here, and a transfer blob is wrapped under it elsewhere. Without one, the server sees the key.
    </p>
  )
}
