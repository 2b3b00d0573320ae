import { targetOf } from '@/lib/client/import/answers'
import { azImport, restImport } from '@/lib/client/import/as-code'
import { CodeBlock } from '../ui/code-block'
import { AsCode } from './as-code'
import type { WizardParts } from './use-import-wizard'

/** The import outside Drawbridge, live as the form fills. */
export function ImportAsCode({ wizard: { state, choices } }: { wizard: Pick<WizardParts, 'state' | 'choices'> }) {
  const { answers, file } = state
  const vault = choices.vaults.find(({ connectionId }) => connectionId === answers.connectionId)
  const target = targetOf(answers)
  // Of a key in the clear the command would be another, and would show it.
  if (!vault || !target || answers.overTls) return null
  const fileName = file.state === 'read' ? file.facts.name : ''
  return (
    <AsCode
      az={azImport(vault, target, fileName)}
      rest={<CodeBlock label="Copy the REST call" code={restImport(vault, target)} />}
      note="The tags that Drawbridge sets are not in the az command: it has no intent to name and nobody to review it."
    />
  )
}
