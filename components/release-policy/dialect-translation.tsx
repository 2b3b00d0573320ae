import { FOREIGN_DIALECTS, type ForeignDialect } from '@/lib/domain/releases/foreign-dialects'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import { CodeBlock } from '../ui/code-block'

type TranslationProps = ForeignDialect & { onReplace: (text: string) => void }

/** What circulates in place of a policy, and the same in the grammar where there is one. */
export function DialectTranslation({ dialect, policy, onReplace }: TranslationProps) {
  return (
    <>
      <Banner
        tone="attention"
        title="No vault takes this policy"
        actions={
          policy === null ? null : (
            <Button size="small" onClick={() => onReplace(policy)}>
              Take the translation
            </Button>
          )
        }
      >
        {FOREIGN_DIALECTS[dialect]}
        {policy === null ? ' Not all of it has a counterpart, so it can’t be translated.' : ''}
      </Banner>
      {policy === null ? null : <CodeBlock code={policy} label="the translation" />}
    </>
  )
}
