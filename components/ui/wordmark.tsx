/** The drawbridge, half raised: two towers, the leaf and its chain, the water. */
export function DrawbridgeMark({ className = 'size-6' }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      className={className}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
    >
      <path d="M2.5 19V5.5h1.75V7h1.5V5.5h1.5V7h1.5V5.5h1.75V19" strokeLinejoin="round" />
      <path d="m10.75 18 9-7.75" strokeWidth="2.25" strokeLinecap="round" />
      <path d="m10.5 8.25 8.75 2.25" strokeWidth="1.25" strokeLinecap="round" strokeDasharray="1.5 2" />
      <path d="M22 19v-3.5" strokeLinecap="round" />
      <path
        d="M1.5 22h1.75c1.1 0 1.1-.9 2.2-.9s1.1.9 2.2.9 1.1-.9 2.2-.9 1.1.9 2.2.9 1.1-.9 2.2-.9 1.1.9 2.2.9 1.1-.9 2.2-.9 1.1.9 2.2.9h1.75"
        strokeWidth="1.25"
        strokeLinecap="round"
      />
    </svg>
  )
}

/** The mark and the name. */
export function Wordmark({ large = false }: { large?: boolean }) {
  return (
    <span className="inline-flex items-center gap-2 text-accent">
      <DrawbridgeMark className={large ? 'size-9' : 'size-6'} />
      <span className={`font-semibold text-text tracking-tight ${large ? 'text-xl' : 'text-base'}`}>Drawbridge</span>
    </span>
  )
}
