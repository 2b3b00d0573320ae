/** The page whose back and forward are its own while it is open: its path, and what it does with the address' query. */
interface Owner {
  path: string
  onQuery: (query: string) => void
}

let owner: Owner | null = null

/**
 * Before the router listens, for listeners of a window are called in their order: between two steps of a page that owns its
 * history the router is told nothing.
 */
export function hearPopState(target: Window): void {
  target.addEventListener('popstate', (event) => {
    if (owner?.path !== target.location.pathname) return
    event.stopImmediatePropagation()
    owner.onQuery(target.location.search.slice(1))
  })
}

/** Answers how to give it back. */
export function ownHistory(path: string, onQuery: Owner['onQuery']): () => void {
  const mine = { path, onQuery }
  owner = mine
  return () => {
    if (owner === mine) owner = null
  }
}
