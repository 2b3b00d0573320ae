'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { RadioGroup } from '@/components/ui/choice-group'
import { DateTimeInput } from '@/components/ui/date-time-input'
import { Field } from '@/components/ui/field'
import { LinkButton } from '@/components/ui/link-button'
import { TextInput } from '@/components/ui/text-input'
import type { Action } from '@/lib/domain/actions/action-result'
import { err, ok } from '@/lib/domain/result'
import { routes } from '@/lib/routes'
import { ActForm } from '../form/act-form'
import { onlyVault, VaultField } from '../vaults/vault-field'
import { KekAsCode } from './kek-as-code'
import { type CreateKekInput, checkKekForm, EMPTY_KEK_FORM, type KekForm, type KekVault } from './kek-form'

type CreateKekFormProps = { vaults: readonly KekVault[]; createKek: Action<CreateKekInput, { kekId: string }> }

const FIELD_IDS = { connectionId: 'kek-vault', name: 'kek-name', bits: 'kek-bits', expiresAt: 'kek-expires' } as const

export function CreateKekForm({ vaults, createKek }: CreateKekFormProps) {
  const router = useRouter()
  const [form, setForm] = useState<KekForm>({ ...EMPTY_KEK_FORM, connectionId: onlyVault(vaults) })
  const set = (change: Partial<KekForm>) => setForm((before) => ({ ...before, ...change }))

  function read() {
    const { input, errors } = checkKekForm(form, new Date())
    return input ? ok(input) : err(errors)
  }

  return (
    <ActForm action={createKek} fieldIds={FIELD_IDS} read={read} onDone={({ kekId }) => router.push(routes.kek(kekId))}>
      {({ wrong, pending }) => (
        <>
          <VaultField
            id={FIELD_IDS.connectionId}
            vaults={vaults}
            value={form.connectionId}
            onChange={(connectionId) => set({ connectionId })}
            hint={VAULT_HINT}
            error={wrong.connectionId}
          />
          <Field id={FIELD_IDS.name} label="Name" hint="Letters, digits and hyphens." error={wrong.name}>
            {(control) => (
              <TextInput {...control} mono value={form.name} onChange={(event) => set({ name: event.target.value })} />
            )}
          </Field>
          <RadioGroup
            id={FIELD_IDS.bits}
            legend="Size"
            name="bits"
            hint={SIZE_HINT}
            value={form.bits}
            onChange={(event) => set({ bits: event.target.value })}
            options={[
              {
                value: '4096',
                label: '4096 bits',
                hint: 'Carries P-384 and AES-192 best; choose it unless your HSM refuses.',
              },
              { value: '3072', label: '3072 bits' },
              {
                value: '2048',
                label: '2048 bits',
                hint: 'Weaker than P-256, RSA-3072 and AES-128: preflight will warn.',
              },
            ]}
          />
          <Field id={FIELD_IDS.expiresAt} label="Expiry" optional hint={EXPIRY_HINT} error={wrong.expiresAt}>
            {(control) => (
              <DateTimeInput
                {...control}
                value={form.expiresAt}
                onChange={(event) => set({ expiresAt: event.target.value })}
              />
            )}
          </Field>
          <p className="max-w-prose text-sm text-text-muted">
            Permitted operations are exactly <code className="font-mono">import</code>: the vault allows no other beside
            it. Protection is HSM (<code className="font-mono">RSA-HSM</code>).
          </p>
          <div className="flex flex-wrap gap-2">
            <Button type="submit" variant="primary" busy={pending}>
              Create KEK
            </Button>
            <LinkButton href={routes.keks()}>Cancel</LinkButton>
          </div>
          <KekAsCode vault={vaults.find(({ id }) => id === form.connectionId)} form={form} />
        </>
      )}
    </ActForm>
  )
}

const VAULT_HINT = 'A blob can only be imported into the vault that holds its KEK.'
const SIZE_HINT =
  'This is the size of the KEK. The key that crosses has its own: Azure SQL, for one, takes a TDE protector of 2048 or 3072 bits only.'
const EXPIRY_HINT = 'Leave time for the whole ceremony. Past its expiry no blob can be imported under it.'
