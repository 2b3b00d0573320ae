'use client'

import { useCallback, useDeferredValue, useEffect, useMemo, useRef } from 'react'
import PolicyEditor from '../release-policy/policy-editor'
import { Section } from '../ui/section'
import { ComparePolicies } from './compare-policies'
import { TokenClaims } from './token-claims'
import { TokenIntake } from './token-intake'
import { TokenTests } from './token-tests'
import { usePolicyLab } from './use-policy-lab'

/** A policy, tokens to try it on, and another policy to compare it with. Works in the tab alone. */
export function PolicyLab() {
  const lab = usePolicyLab()
  const { policy, inView, other, tokens, shown, keys, send } = lab
  const token = useMemo(() => (inView?.read.ok ? { name: inView.name, ...inView.read.value } : null), [inView])
  const setPolicy = useCallback((text: string) => send({ type: 'typed', field: 'policy', text }), [send])
  const latest = useRef(policy)
  useEffect(() => {
    latest.current = policy
  }, [policy])
  const policyNow = useCallback(() => latest.current, [])
  // What tokens and another policy say to it may come a moment after what is typed.
  const judged = useDeferredValue(policy)
  return (
    <div className="flex flex-col gap-12">
      <Section id="lab-policy" title="Policy">
        <PolicyEditor id="lab-policy-text" value={policy} token={token} onChange={setPolicy} />
      </Section>
      <Section
        id="lab-tokens"
        title="Tokens"
        lead="A policy’s tests: tokens that it must let in, and tokens that it must keep out. Try at least one that can be debugged."
      >
        <TokenTests policy={judged} tokens={tokens} shown={shown} keys={keys} send={send} />
        <TokenIntake lab={lab} />
      </Section>
      {inView ? (
        <TokenClaims
          key={inView.id}
          token={inView}
          policy={judged}
          policyNow={policyNow}
          onPolicy={setPolicy}
          send={send}
        />
      ) : null}
      <ComparePolicies policy={judged} policyNow={policyNow} other={other} tokens={tokens} send={send} />
    </div>
  )
}
