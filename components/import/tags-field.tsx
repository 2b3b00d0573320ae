import { FIELD_IDS } from '@/lib/client/import/field-ids'
import { OFFICER_TAG_LIMIT } from '@/lib/domain/imports/target'
import { Button } from '../ui/button'
import { Fieldset } from '../ui/fieldset'
import { TextInput } from '../ui/text-input'

type Tag = { name: string; value: string }
type TagsFieldProps = { tags: readonly Tag[]; error: string | undefined; onChange: (tags: Tag[]) => void }

const OURS = [
  { name: 'imported', value: 'true' },
  { name: 'import_date', value: 'the time of the upload, UTC' },
  { name: 'requires_review', value: 'true, until it is decided' },
  { name: 'drawbridge', value: 'the id of this act' },
] as const

/** The officer's own tags, beside those that Drawbridge sets. */
export function TagsField({ tags, error, onChange }: TagsFieldProps) {
  const full = tags.length >= OFFICER_TAG_LIMIT
  return (
    <Fieldset
      id={FIELD_IDS.tags}
      legend="Tags"
      optional
      hint={`Whoever may list keys reads tags. No person’s name goes into one. You have ${OFFICER_TAG_LIMIT} of the vault’s 15.`}
      error={error}
    >
      <ul aria-label="Tags that Drawbridge sets" className="flex flex-col gap-1 text-sm text-text-muted">
        {OURS.map(({ name, value }) => (
          <li key={name}>
            <code className="font-mono">{name}</code> = {value} <span className="text-xs">(set by Drawbridge)</span>
          </li>
        ))}
      </ul>
      {tags.map((tag, index) => (
        <TagLine
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has no identity but its place
          key={index}
          number={index + 1}
          tag={tag}
          onChange={(changed) => onChange(tags.map((other, at) => (at === index ? changed : other)))}
          onRemove={() => onChange(tags.filter((_, at) => at !== index))}
        />
      ))}
      <div>
        <Button
          size="small"
          disabledReason={full ? `${OFFICER_TAG_LIMIT} tags are all there is room for.` : undefined}
          onClick={() => onChange([...tags, { name: '', value: '' }])}
        >
          Add a tag
        </Button>
      </div>
    </Fieldset>
  )
}

type TagLineProps = { number: number; tag: Tag; onChange: (tag: Tag) => void; onRemove: () => void }

function TagLine({ number, tag, onChange, onRemove }: TagLineProps) {
  return (
    <div className="flex items-center gap-2">
      <TextInput
        mono
        aria-label={`Name of tag ${number}`}
        placeholder="name"
        value={tag.name}
        onChange={(event) => onChange({ ...tag, name: event.target.value })}
      />
      <TextInput
        mono
        aria-label={`Value of tag ${number}`}
        placeholder="value"
        value={tag.value}
        onChange={(event) => onChange({ ...tag, value: event.target.value })}
      />
      <Button variant="quiet" size="small" aria-label={`Remove tag ${number}`} onClick={onRemove}>
        Remove
      </Button>
    </div>
  )
}
