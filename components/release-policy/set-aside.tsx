import { Button } from '../ui/button'

type SetAsideProps = { aside: string | undefined; onBack: (text: string) => void; onForget: () => void }

/** What stood there before a template or a translation took its place. */
export function SetAside({ aside, onBack, onForget }: SetAsideProps) {
  if (aside === undefined) return null
  return (
    <p className="flex flex-wrap items-center gap-2 text-sm">
      <span className="text-text-muted">What was there before is kept.</span>
      <Button size="small" onClick={() => onBack(aside)}>
        Bring it back
      </Button>
      <Button size="small" variant="quiet" onClick={onForget}>
        Forget it
      </Button>
    </p>
  )
}
