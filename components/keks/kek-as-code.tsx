import { CodeBlock } from '@/components/ui/code-block'
import { azCreateKek, restCreateKek } from '@/lib/client/import/as-code'
import { AsCode } from '../import/as-code'
import { utcInputToIso } from '../ui/utc-value'
import type { KekForm, KekVault } from './kek-form'

/** The same act outside Drawbridge, live as the form fills. */
export function KekAsCode({ vault, form }: { vault: KekVault | undefined; form: KekForm }) {
  if (!vault) return null
  const kek = { name: form.name, bits: Number(form.bits), expiresAt: utcInputToIso(form.expiresAt) ?? null }
  return (
    <AsCode
      az={azCreateKek(vault, kek)}
      rest={<CodeBlock label="Copy the REST call" code={restCreateKek(vault, kek)} />}
      note="Drawbridge also sets the tag drawbridge, so that it finds its own key again after a crash."
    />
  )
}
