'use client'

import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { dryRun } from '@/lib/client/releases/dry-run'
import type { Action } from '@/lib/domain/actions/action-result'
import { RELEASE_ALGORITHM_WORDS, RELEASE_ALGORITHMS } from '@/lib/domain/releases/release-algorithm'
import type { PerformReleaseInput } from '@/lib/domain/releases/release-form'
import { err, ok } from '@/lib/domain/result'
import { routes } from '@/lib/routes'
import { ActForm } from '../form/act-form'
import { ReasonField } from '../form/reason-field'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { LinkButton } from '../ui/link-button'
import { Section } from '../ui/section'
import { Select } from '../ui/select'
import { TextInput } from '../ui/text-input'
import { DryRunView } from './dry-run-view'
import { PASTE_TOKEN_FIRST, TokenField } from './token-field'

type ReleaseFormProps = {
  target: Pick<PerformReleaseInput, 'connectionId' | 'name' | 'version'>
  policy: { text: string; sha256: string }
  action: Action<PerformReleaseInput, { operationId: string }>
}

const FIELD_IDS = {
  token: 'release-token',
  algorithm: 'release-algorithm',
  nonce: 'release-nonce',
  reason: 'reason',
} as const

/** Asks a vault to release a version: the token, what the policy says to it, and only then the act. */
export function ReleaseForm({ target, policy, action }: ReleaseFormProps) {
  const router = useRouter()
  const [token, setToken] = useState('')
  const run = useMemo(() => dryRun(token, policy.text, Date.now()), [token, policy.text])

  function read(form: FormData) {
    const said = (name: string) => String(form.get(name) ?? '').trim()
    const algorithm = RELEASE_ALGORITHMS.find((known) => known === said('algorithm')) ?? RELEASE_ALGORITHMS[0]
    const wrong = {
      ...(run.state === 'empty' ? { token: PASTE_TOKEN_FIRST } : {}),
      ...(run.state === 'unreadable' ? { token: run.problem } : {}),
      ...(said('reason').length < 3 ? { reason: 'Give the reason: it is recorded.' } : {}),
    }
    if (Object.keys(wrong).length > 0) return err(wrong)
    const input = { ...target, token: token.trim(), algorithm, policySha256: policy.sha256 }
    return ok({ ...input, nonce: said('nonce') || null, reason: said('reason') })
  }

  return (
    <ActForm
      action={action}
      fieldIds={FIELD_IDS}
      read={read}
      onDone={({ operationId }) => router.push(routes.madeRelease(operationId))}
    >
      {({ wrong, pending }) => (
        <>
          <TokenField
            id={FIELD_IDS.token}
            label="Attestation token"
            hint={TOKEN_HINT}
            error={wrong.token}
            rows={6}
            value={token}
            onChange={setToken}
          />
          <Section id="dry-run" title="What the policy will say" lead="A dry run, in this tab: no vault is asked.">
            <div aria-live="polite">
              <DryRunView run={run} />
            </div>
          </Section>
          <Field id={FIELD_IDS.algorithm} label="Wrapping algorithm" error={wrong.algorithm}>
            {(control) => (
              <Select
                {...control}
                name="algorithm"
                defaultValue={RELEASE_ALGORITHMS[0]}
                options={RELEASE_ALGORITHMS.map((value) => ({
                  value,
                  label: `${value} (${RELEASE_ALGORITHM_WORDS[value]})`,
                }))}
              />
            )}
          </Field>
          <Field id={FIELD_IDS.nonce} label="Nonce" optional hint={NONCE_HINT} error={wrong.nonce}>
            {(control) => <TextInput {...control} mono name="nonce" autoComplete="off" />}
          </Field>
          <ReasonField
            most={500}
            hint="Stands in the audit log. No secrets and no key material."
            error={wrong.reason}
          />
          <p className="max-w-prose text-sm">
            The vault logs it as a release. What comes back is the key, encrypted for the key in the token: it is
            checked, measured and let go of, never opened and never kept. Whoever holds that key could open it.
          </p>
          <div className="flex flex-wrap gap-2">
            <Button type="submit" variant="primary" busy={pending}>
              Release version {target.version.slice(0, 8)}…
            </Button>
            <LinkButton href={routes.key(target.connectionId, target.name, target.version)}>Cancel</LinkButton>
          </div>
        </>
      )}
    </ActForm>
  )
}

const TOKEN_HINT =
  'A JWT of an authority that the policy names, with the public key that the released one is to be wrapped for. It is kept whole, as evidence.'
const NONCE_HINT = 'The vault repeats it in its answer: by it an answer is known to be of this request.'
