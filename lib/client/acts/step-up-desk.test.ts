import { describe, expect, it } from 'vitest'
import type { StepUpAsked } from '@/lib/domain/people/step-up'
import { confirmIdentity, stepUpDesk } from './step-up-desk'

const asked: StepUpAsked = { id: 'a', methods: ['password'], act: 'Import payments' }
const nothing = () => undefined

describe('the desk where acts ask for a proof', () => {
  it('tells the dialog what is asked for, and the act how it ended', async () => {
    const close = stepUpDesk.subscribe(nothing)
    const passed = confirmIdentity(asked)
    expect(stepUpDesk.asked()).toEqual(asked)
    stepUpDesk.answer(true)
    expect(await passed).toBe(true)
    expect(stepUpDesk.asked()).toBeNull()
    close()
  })

  it('answers at once that nothing was proved where no dialog is there', async () => {
    expect(await confirmIdentity(asked)).toBe(false)
  })

  it('serves one act at a time: a second never gets the proof of the first', async () => {
    const close = stepUpDesk.subscribe(nothing)
    const first = confirmIdentity(asked)
    expect(await confirmIdentity({ ...asked, id: 'b' })).toBe(false)
    stepUpDesk.answer(true)
    expect(await first).toBe(true)
    close()
  })

  it('counts as left when its dialog goes away', async () => {
    const close = stepUpDesk.subscribe(nothing)
    const passed = confirmIdentity(asked)
    close()
    expect(await passed).toBe(false)
  })
})
