import type { Environment } from '@/lib/domain/connections/kind'

const looks = {
  local: { ground: 'bg-place-local', word: 'Local' },
  test: { ground: 'bg-place-test', word: 'Test' },
  production: { ground: 'bg-place-production', word: 'Production' },
} as const satisfies Record<Environment, { ground: string; word: string }>

/** Where a vault stands, in the colour of the strip over the page. */
export function EnvironmentMark({ environment }: { environment: Environment }) {
  const { ground, word } = looks[environment]
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <span aria-hidden="true" className={`size-2.5 rounded-sm ${ground}`} />
      {word}
    </span>
  )
}
