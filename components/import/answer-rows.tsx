import type { ReactNode } from 'react'
import { tagsOf } from '@/lib/client/import/answers'
import { keyOf } from '@/lib/client/import/wizard'
import type { WizardStep } from '@/lib/client/import/wizard-steps'
import { tallyOf, tallyWords } from '@/lib/client/preflight/tally'
import { familyOf, isSizeOrCurve } from '@/lib/domain/keys/key-type'
import { shapeName } from '@/lib/domain/preflight/encoded-lengths'
import { KekExpiry } from '../keks/kek-expiry'
import { DateTime } from '../ui/date-time'
import { Fingerprint } from '../ui/fingerprint'
import type { Wizard } from './use-import-wizard'

type AnswerRow = { step: WizardStep; term: string; detail: ReactNode }

/** Everything that is about to be sent, in the order in which it was asked. */
export function answerRows({ state, choices, report }: Wizard): AnswerRow[] {
  const { answers, file } = state
  const vault = choices.vaults.find(({ connectionId }) => connectionId === answers.connectionId)
  const kek = vault?.keks.find(({ kid }) => kid === answers.kekKid)
  const facts = file.state === 'read' ? file.facts : null
  const expected = answers.expectedSha256 ?? keyOf(file)?.spkiSha256
  return [
    { step: 'vault', term: 'Vault', detail: vault ? `${vault.name} (${vault.environment}), ${vault.url}` : null },
    {
      step: 'vault',
      term: 'KEK',
      detail: answers.overTls ? (
        <strong className="font-medium text-danger">None: the server will see the private key</strong>
      ) : kek ? (
        <span className="inline-flex flex-wrap items-center gap-x-3">
          {kek.name}, {kek.bits} bits <KekExpiry expiresAt={kek.expiresAt} />
        </span>
      ) : null,
    },
    {
      step: 'file',
      term: 'File',
      detail: facts ? (
        <span className="flex flex-col gap-1">
          {facts.name}, {facts.length} bytes
          <Fingerprint value={facts.sha256} label="Copy the file’s SHA-256" />
          {facts.changes.length > 0 ? 'Sent with the changes you accepted.' : null}
          {file.state === 'read' && file.sealed ? `Sealed in the browser from ${file.sealed.keyFile}.` : null}
        </span>
      ) : file.state === 'key-file' ? (
        file.key.name
      ) : null,
    },
    {
      step: 'file',
      term: 'Expected public key',
      detail: expected ? (
        <Fingerprint value={expected} label="Copy the expected SPKI SHA-256" />
      ) : (
        'Not given: the record will say “not compared”.'
      ),
    },
    { step: 'key', term: 'Name', detail: <code className="break-all font-mono">{answers.name}</code> },
    { step: 'key', term: 'Type', detail: typeWords(answers.kty, answers.sizeOrCurve) },
    { step: 'key', term: 'Operations', detail: <code className="font-mono">{answers.keyOps.join(', ')}</code> },
    { step: 'key', term: 'Not before', detail: <MaybeTime iso={answers.notBefore} none="Not set" /> },
    { step: 'key', term: 'Expiry', detail: <MaybeTime iso={answers.expiresAt} none="None: it never expires" /> },
    { step: 'key', term: 'Tags', detail: <TagList tags={tagsOf(answers)} /> },
    { step: 'key', term: 'Release', detail: releaseWords(answers.exportable, answers.policyImmutable) },
    { step: 'preflight', term: 'Preflight', detail: tallyWords(tallyOf(report.rows)) },
  ]
}

function typeWords(kty: Wizard['state']['answers']['kty'], sizeOrCurve: string | null): string {
  if (!kty || !sizeOrCurve) return 'Not chosen'
  const family = familyOf(kty)
  return isSizeOrCurve(family, sizeOrCurve) ? `${shapeName({ family, sizeOrCurve })} (${kty})` : kty
}

function releaseWords(exportable: boolean, immutable: boolean): string {
  if (!exportable) return 'Not exportable'
  return immutable ? 'Exportable, under a policy that can’t be changed' : 'Exportable, under a policy'
}

function MaybeTime({ iso, none }: { iso: string; none: string }) {
  return iso ? <DateTime value={iso} relative="inline" /> : none
}

function TagList({ tags }: { tags: Record<string, string> }) {
  const entries = Object.entries(tags)
  if (entries.length === 0) return 'None of your own; Drawbridge sets four'
  return (
    <ul>
      {entries.map(([name, value]) => (
        <li key={name}>
          <code className="break-all font-mono">
            {name}={value}
          </code>
        </li>
      ))}
      <li className="text-text-muted">and the four that Drawbridge sets</li>
    </ul>
  )
}
