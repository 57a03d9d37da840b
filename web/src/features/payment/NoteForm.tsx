import { Button, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useIntent } from '../../api/intent.ts'
import { ProblemAlert } from '../../ui/faults.tsx'
import { notify } from '../../ui/notices.tsx'

const NOTE_CHARS_MAX = 4_000

type Props = { readonly id: string; readonly onAdded: () => void }

export function NoteForm({ id, onAdded }: Props) {
  const { t } = useTranslation('payment')
  const [text, setText] = useState('')
  const { run, sending, fault } = useIntent('POST /v1/payments/{id}/notes', `note.${id}`)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() === '') return
    if ((await run({ id, body: { text: text.trim() } })) === null) return
    setText('')
    notify(t('note.added'))
    onAdded()
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Textarea
        label={t('note.label')}
        description={t('note.hint')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        maxLength={NOTE_CHARS_MAX}
        rows={2}
        mb="xs"
      />
      <ProblemAlert fault={fault} />
      <Button type="submit" variant="default" loading={sending} disabled={text.trim() === ''}>
        {t('note.add')}
      </Button>
    </form>
  )
}
