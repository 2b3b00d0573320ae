'use client'

import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { STEP_TITLES, WIZARD_STEPS, type WizardStep } from '@/lib/client/import/wizard-steps'
import { ownHistory } from '@/lib/client/own-history'

/**
 * The step that the URL names, and the ways to change it. Next's router is not told: while it renders the page anew (an alarm's
 * banner does that at any moment) a step that it learns of is lost, or the whole page is loaded again and the chosen file with it.
 */
export function useStepInUrl() {
  const path = usePathname()
  const given = useSearchParams().toString()
  const [at, setAt] = useState({ query: given, given })
  if (at.given !== given) setAt({ query: given, given })
  const { query } = at
  const params = new URLSearchParams(query)
  const shown = useRef(query)
  useLayoutEffect(() => {
    shown.current = query
  })

  useEffect(
    () =>
      ownHistory(path, (entry) => {
        const next = withDraftOf(shown.current, entry)
        // At once: an entry that is changed while a step forward is on its way stops that step.
        if (next !== entry) window.history.replaceState(window.history.state, '', `${path}?${next}`)
        setAt((now) => ({ ...now, query: next }))
      }),
    [path],
  )

  function show(next: URLSearchParams, how: 'pushState' | 'replaceState') {
    setAt({ query: next.toString(), given })
    window.history[how](window.history.state, '', `${path}?${next}`)
  }

  function queryOf(step: WizardStep, change: Record<string, string> = {}): URLSearchParams {
    const next = new URLSearchParams(query)
    next.set('step', step)
    next.delete('return')
    for (const [name, value] of Object.entries(change)) next.set(name, value)
    return next
  }

  return {
    asked: params.get('step'),
    /** Set by "Change" on the last page: where Continue leads back to. */
    returnsTo: params.get('return') === 'answers' ? ('answers' as const) : null,
    hrefOf: (step: WizardStep) => `${path}?${queryOf(step)}`,
    goTo: (step: WizardStep, change?: Record<string, string>) => show(queryOf(step, change), 'pushState'),
    /** So that a reload, or a bookmark, opens this draft. */
    rememberDraft(id: string) {
      setAt((now) => ({ ...now, query: withDraft(now.query, id) }))
    },
    /** After every render. The URL shall name the step that is shown: another may have been asked for, and the router writes what it knows. */
    settleAt(step: WizardStep) {
      const asked = params.get('step')
      if (asked !== null && asked !== step) return show(queryOf(step), 'replaceState')
      if (window.location.pathname === path && window.location.search.slice(1) !== query) show(params, 'replaceState')
    },
  }
}

function withDraft(query: string, id: string): string {
  const params = new URLSearchParams(query)
  params.set('draft', id)
  return params.toString()
}

/** A step back may be one from before the draft was saved. */
function withDraftOf(before: string, query: string): string {
  const id = new URLSearchParams(before).get('draft')
  return id ? withDraft(query, id) : query
}

/** A plain click on a link from the page to itself changes the step in place: no request, so that nothing can take the form away. */
export function useOwnLinks({ goTo }: Pick<ReturnType<typeof useStepInUrl>, 'goTo'>) {
  const path = usePathname()
  useEffect(() => {
    function onClick(event: MouseEvent) {
      const link = event.target instanceof Element ? event.target.closest('a') : null
      if (!link || link.target || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
      const { origin, pathname, searchParams, hash } = new URL(link.href, window.location.href)
      const step = searchParams.get('step')
      if (origin !== window.location.origin || pathname !== path || hash) return
      if (step === null && searchParams.size > 0) return
      event.preventDefault()
      event.stopPropagation()
      goTo(WIZARD_STEPS.find((id) => id === step) ?? 'vault')
    }
    document.addEventListener('click', onClick, { capture: true })
    return () => document.removeEventListener('click', onClick, { capture: true })
  })
}

function withStep(title: string, step: WizardStep): string {
  const number = WIZARD_STEPS.indexOf(step) + 1
  return title.replace(
    /(?:Step \d of \d: [^–]+ – )?Import a key/,
    `Step ${number} of ${WIZARD_STEPS.length}: ${STEP_TITLES[step]} – Import a key`,
  )
}

/** A step is a page to its reader: the title says it, and its heading takes the focus (not when the page is opened). */
export function useStepFocus(step: WizardStep) {
  const seen = useRef(step)
  useEffect(() => {
    function apply() {
      const wanted = withStep(document.title, step)
      if (document.title !== wanted) document.title = wanted
    }
    apply()
    // Next sets the page's title after this when the page is opened by a link.
    const observer = new MutationObserver(apply)
    observer.observe(document.head, { childList: true, subtree: true, characterData: true })
    return () => observer.disconnect()
  }, [step])
  useEffect(() => {
    if (seen.current === step) return
    seen.current = step
    document.querySelector<HTMLElement>('main h1')?.focus()
    window.scrollTo({ top: 0 })
  }, [step])
}

/** After the import was accepted: its own page. Replaced, so that "back" never opens a sent form. */
export function useLeaveFor() {
  const router = useRouter()
  return (href: string) => router.replace(href)
}
