/** A grey bar where words will be. Give it a size by class. */
export function Skeleton({ className = 'h-4 w-32' }: { className?: string }) {
  return <span aria-hidden="true" className={`block rounded-sm bg-line ${className}`} />
}
