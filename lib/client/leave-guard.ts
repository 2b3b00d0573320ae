/** What would be lost if the page were left now, in words; null: nothing. */
let loss: string | null = null

/** For whatever leads elsewhere by script: asks where something would be lost. */
export function mayLeave(): boolean {
  return loss === null || window.confirm(loss)
}

/** Asks before the page is left by a link, by the palette, by closing or reloading. Answers how to stop. */
export function guardLeaving(words: string): () => void {
  const stop = new AbortController()
  loss = words
  window.addEventListener('beforeunload', (event) => event.preventDefault(), { signal: stop.signal })
  document.addEventListener('click', stayUnlessMeant, { capture: true, signal: stop.signal })
  return () => {
    loss = null
    stop.abort()
  }
}

function stayUnlessMeant(event: MouseEvent) {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null
  const elsewhere = link && !link.target && !link.hash && !event.ctrlKey && !event.metaKey && !event.shiftKey
  if (!elsewhere || mayLeave()) return
  event.preventDefault()
  event.stopPropagation()
}
