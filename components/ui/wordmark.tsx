'use client'

/** The drawbridge, half raised: a tower with battlements, the leaf on its chain, the water below. */
export function DrawbridgeMark({ className = 'size-6' }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={className}>
      <path d="M2 3h2.5v2H6V3h2.5v2H10V3h2.5v16H9v-4.5a1.75 1.75 0 0 0-3.5 0V19H2z" fill="currentColor" />
      <path d="m13 18.25 8.25-7.5" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" />
      <path d="m12.5 7 8.5 3.5" stroke="currentColor" strokeWidth="1.25" />
      <path d="M1.5 22h21" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" opacity=".55" />
    </svg>
  )
}

/** The mark and the name. */
export function Wordmark({ large = false }: { large?: boolean }) {
  return (
    <span className="inline-flex items-center gap-2 text-accent">
      <DrawbridgeMark className={large ? 'size-8' : 'size-5'} />
      <span className={`font-semibold text-text tracking-tight ${large ? 'text-xl' : 'text-base'}`}>Drawbridge</span>
    </span>
  )
}
