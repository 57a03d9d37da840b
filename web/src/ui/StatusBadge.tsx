import { useSay, type WordGroup } from '../i18n/say.ts'
import classes from './StatusBadge.module.css'
import { flagsToShow, type Look, lookOf, type StatusKind } from './status.ts'

const GROUPS = {
  payment: 'status',
  transaction: 'transactionStatus',
  refund: 'refundStatus',
  link: 'linkStatus',
  gatewayEvent: 'eventStatus',
  export: 'exportStatus',
} as const satisfies Record<StatusKind, WordGroup>

type BadgeProps = { readonly look: Look; readonly children: string; readonly title?: string }

/** A word with its colour and shape. */
export function Badge({ look, children, title }: BadgeProps) {
  return (
    <span className={classes.badge} data-tone={look.tone} title={title}>
      <span aria-hidden className={classes.shape}>
        {look.shape}
      </span>
      {children}
    </span>
  )
}

type Props = {
  readonly kind: StatusKind
  readonly status: string
  readonly flags?: readonly string[] | undefined
}

/** A status in words, colour and shape, and beside it the flags that are set. */
export function StatusBadge({ kind, status, flags = [] }: Props) {
  const say = useSay()
  return (
    <span className={classes.badges}>
      <Badge look={lookOf(kind, status)}>{say(GROUPS[kind], status)}</Badge>
      {flagsToShow(flags, status).map(([flag, look]) => (
        <Badge key={flag} look={look}>
          {say('flag', flag)}
        </Badge>
      ))}
    </span>
  )
}

/** Marks a test row wherever rows of both modes may meet. */
export function ModeTag({ mode }: { readonly mode: string }) {
  const say = useSay()
  return mode === 'test' ? <span className={classes.mode}>{say('mode', mode)}</span> : null
}
