import type { ComponentType } from 'react'
import type { StepUpMethod } from '@/lib/domain/people/step-up'
import { PasskeyMethod } from './passkey-method'
import { PasswordMethod } from './password-method'
import { ProviderMethod } from './provider-method'
import type { StepUpMethodProps } from './types'

/** The part of the dialog for each method. */
export const METHOD_FORMS: Partial<Record<StepUpMethod, ComponentType<StepUpMethodProps>>> = {
  passkey: PasskeyMethod,
  password: PasswordMethod,
  oidc: ProviderMethod,
}
