import type { ReportFields } from '@/lib/domain/releases/history/report-request'
import { routes } from '@/lib/routes'
import { buttonClass } from '../ui/control-style'
import { ErrorSummary } from '../ui/error-summary'
import { Field } from '../ui/field'
import { Select } from '../ui/select'
import { TextInput } from '../ui/text-input'

type ReportFormProps = {
  vaults: readonly { id: string; name: string }[]
  fields: ReportFields
  problems: Partial<Record<keyof ReportFields, string>>
}

/** What a report is to be about: a GET form, so that the address holds everything. */
export function ReportForm({ vaults, fields, problems }: ReportFormProps) {
  const options = vaults.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <form action={routes.releaseReport()} className="flex max-w-md flex-col gap-5">
      <ErrorSummary errors={Object.entries(problems).map(([fieldId, message]) => ({ fieldId, message }))} />
      <Field id="vault" label="Vault" error={problems.vault}>
        {(control) => (
          <Select
            {...control}
            name="vault"
            defaultValue={fields.vault}
            options={options}
            placeholder="Choose a vault"
          />
        )}
      </Field>
      <Field id="key" label="Key" hint="Its whole name; every version of it is in the report." error={problems.key}>
        {(control) => <TextInput {...control} mono name="key" defaultValue={fields.key} />}
      </Field>
      <div className="grid items-end gap-5 sm:grid-cols-2">
        <Field id="from" label="First day (UTC)" error={problems.from}>
          {(control) => <TextInput {...control} type="date" name="from" defaultValue={fields.from} />}
        </Field>
        <Field id="to" label="Last day (UTC)" error={problems.to}>
          {(control) => <TextInput {...control} type="date" name="to" defaultValue={fields.to} />}
        </Field>
      </div>
      <button type="submit" className={`${buttonClass('primary', 'medium')} self-start`}>
        Make the report
      </button>
    </form>
  )
}
