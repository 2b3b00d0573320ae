import type { ReleaseReport } from '@/lib/domain/releases/history/report-views'

/** The policies' texts, so that a print says what its digests stand for. */
export function ReportPolicyTexts({ report: { policies, policiesLeftOut } }: { report: ReleaseReport }) {
  return (
    <div className="flex flex-col gap-5">
      {policies.length + policiesLeftOut === 0 ? <p className="text-sm">It names no policy.</p> : null}
      {policies.map(({ sha256, text }) => (
        <div key={sha256} className="flex flex-col gap-1">
          <h3 className="break-all font-mono text-xs">{sha256}</h3>
          <pre className="whitespace-pre-wrap break-all rounded border bg-sunken px-3 py-2 font-mono text-xs print:border-line-strong">
            {text}
          </pre>
        </div>
      ))}
      {policiesLeftOut > 0 ? (
        <p className="text-attention text-sm">
          {policiesLeftOut.toLocaleString('en')} more {policiesLeftOut === 1 ? 'is' : 'are'} named and not printed here.
          A shorter period shows fewer policies, each with its text.
        </p>
      ) : null}
    </div>
  )
}
