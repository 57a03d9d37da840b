import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './CopyId.module.css'
import { copyText } from './copy.ts'
import { notify } from './notices.tsx'

const SHOWN_MS = 1_500
const TAIL = 6

/** `pay_01k…x7y2za`: enough to recognise, never enough to mistake. */
export const shortId = (id: string): string => {
  const prefix = id.slice(0, id.indexOf('_') + 1)
  return id.length <= prefix.length + TAIL + 4 ? id : `${prefix}…${id.slice(-TAIL)}`
}

type Props = {
  readonly id: string | null | undefined
  readonly short?: boolean
  /** What is copied, for people who do not see it; an id by default. */
  readonly label?: string
}

/** An id with a button that copies it whole. */
export function CopyId({ id, short = false, label }: Props) {
  const { t } = useTranslation()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [copied])
  if (!id) return <span className="florin-muted">–</span>
  const copy = async () => {
    const done = await copyText(id)
    setCopied(done)
    notify(done ? t('copied', { text: id }) : t('notCopied'), { quiet: done })
  }
  const Icon = copied ? IconCheck : IconCopy
  return (
    <span className={classes.id}>
      <code title={id} data-short={short || undefined}>
        {short ? shortId(id) : id}
      </code>
      <button
        type="button"
        className={classes.button}
        onClick={() => void copy()}
        aria-label={label ?? t('copyId', { id: shortId(id) })}
      >
        <Icon size={14} aria-hidden />
      </button>
    </span>
  )
}
