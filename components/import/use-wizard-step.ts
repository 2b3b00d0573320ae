'use client'

import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { STEP_TITLES, WIZARD_STEPS, type WizardStep } from '@/lib/client/import/wizard-steps'

/** The step that the URL names, and the ways to change it. The page is never loaded anew for it: the form stays. */
export function useStepInUrl() {
  const path = usePathname()
  const params = useSearchParams()

  function hrefOf(step: WizardStep, change: Record<string, string> = {}): string {
    const query = new URLSearchParams(params)
    query.set('step', step)
    for (const [name, value] of Object.entries(change)) query.set(name, value)
    return `${path}?${query}`
  }

  return {
    asked: params.get('step'),
    /** Set by "Change" on the last page: where Continue leads back to. */
    returnsTo: params.get('return') === 'answers' ? ('answers' as const) : null,
    hrefOf,
    goTo(step: WizardStep, change?: Record<string, string>) {
      const url = new URL(hrefOf(step, change), window.location.origin)
      if (!change?.return) url.searchParams.delete('return')
      window.history.pushState(null, '', url)
    },
    /** The URL asked for a step that can't be reached: it shall name the one that is shown. */
    settleAt(step: WizardStep) {
      const asked = params.get('step')
      if (asked !== null && asked !== step) window.history.replaceState(null, '', hrefOf(step))
    },
  }
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
