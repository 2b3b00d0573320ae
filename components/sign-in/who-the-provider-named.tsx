import { CopyButton } from '../ui/copy-button'

type WhoTheProviderNamedProps = { issuer: string; subject: string; name: string }

/** Issuer and subject are the person, to the letter: shown whole, each to be copied. */
export function WhoTheProviderNamed({ issuer, subject, name }: WhoTheProviderNamedProps) {
  return (
    <dl className="flex flex-col gap-3 rounded border px-4 py-3">
      <Line term="Signed in there as" text={name} />
      <Line term="Issuer" text={issuer} copied="Copy issuer" />
      <Line term="Subject" text={subject} copied="Copy subject" />
    </dl>
  )
}

function Line({ term, text, copied }: { term: string; text: string; copied?: string }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-2">
      <dt className="col-span-2 text-sm text-text-muted">{term}</dt>
      <dd className={copied ? 'break-all font-mono text-table' : 'break-words'}>{text}</dd>
      {copied ? (
        <dd>
          <CopyButton value={text} label={copied} />
        </dd>
      ) : null}
    </div>
  )
}
