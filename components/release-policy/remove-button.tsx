import { Button } from '../ui/button'

export function RemoveButton({ name, onRemove }: { name: string; onRemove: () => void }) {
  return (
    <Button variant="quiet" size="small" aria-label={`Remove ${name}`} onClick={onRemove}>
      Remove
    </Button>
  )
}
