import classes from './RawText.module.css'

type Props = { readonly label: string; readonly text: string }

/** Text exactly as it came; it scrolls inside itself. */
export function RawText({ label, text }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.raw} aria-label={label} tabIndex={0}>
      <pre>{text}</pre>
    </section>
  )
}
