'use client'

import { lazy, Suspense, useState } from 'react'
import type { Action } from '@/lib/domain/actions/action-result'
import type { CreatedKey, CreateExportableKeyInput } from '@/lib/domain/keys/exportable-key'
import { routes } from '@/lib/routes'
import { ActForm } from '../form/act-form'
import { useLeaveGuard } from '../form/use-leave-guard'
import { ImmutableChoice } from '../key-policy/immutable-choice'
import { LinkButton } from '../ui/link-button'
import { Section } from '../ui/section'
import { Skeleton } from '../ui/skeleton'
import { SubmitButton } from '../ui/submit-button'
import { onlyVault } from '../vaults/vault-field'
import { CreatedKeyNote } from './created-key-note'
import { EMPTY_NEW_KEY, type NewKey, type NewKeyVault, readNewKey } from './new-key'
import { NewKeyFields } from './new-key-fields'
import { NEW_KEY_IDS } from './new-key-ids'

const PolicyEditor = lazy(() => import('../release-policy/policy-editor'))

type NewKeyFormProps = {
  vaults: readonly NewKeyVault[]
  create: Action<CreateExportableKeyInput, CreatedKey>
}

/** A key that the vault generates, with the policy by which it may leave; then who enables it. */
export function NewKeyForm({ vaults, create }: NewKeyFormProps) {
  const [form, setForm] = useState<NewKey>({ ...EMPTY_NEW_KEY, connectionId: onlyVault(vaults) })
  const [made, setMade] = useState<CreatedKey>()
  const set = (change: Partial<NewKey>) => setForm((before) => ({ ...before, ...change }))
  const vault = vaults.find(({ id }) => id === form.connectionId)
  useLeaveGuard(form.policyText !== '' && !made, 'The policy that you wrote is only in this tab. Leave it?')

  if (made) return <CreatedKeyNote made={made} vaultName={vault?.name ?? 'the vault'} />
  return (
    <ActForm action={create} fieldIds={NEW_KEY_IDS} read={() => readNewKey(form, vault, new Date())} onDone={setMade}>
      {({ wrong, pending }) => (
        <>
          <NewKeyFields form={form} vaults={vaults} vault={vault} wrong={wrong} set={set} />
          <Section id="new-key-release" title="Release policy" lead={POLICY_LEAD}>
            <Suspense fallback={<Skeleton className="h-96" />}>
              <PolicyEditor
                id={NEW_KEY_IDS.policyText}
                value={form.policyText}
                onChange={(policyText) => set({ policyText })}
                error={wrong.policyText}
              />
            </Suspense>
          </Section>
          <ImmutableChoice
            id={NEW_KEY_IDS.typedName}
            keyName={form.name || 'its name'}
            immutable={form.immutable}
            typedName={form.typedName}
            error={wrong.typedName}
            onImmutable={(immutable) => set({ immutable })}
            onTypedName={(typedName) => set({ typedName })}
          />
          <p className="max-w-prose text-sm text-text-muted">
            The key is created disabled: nothing can use or release it. To have it enabled you ask on its page, and an
            approver other than you decides.
          </p>
          <div className="flex flex-wrap gap-2">
            <SubmitButton busy={pending}>Create the key, disabled</SubmitButton>
            <LinkButton href={routes.keys()}>Cancel</LinkButton>
          </div>
        </>
      )}
    </ActForm>
  )
}

const POLICY_LEAD = 'Who may take the key out of the vault. Whether it ever may is settled when the key is made.'
