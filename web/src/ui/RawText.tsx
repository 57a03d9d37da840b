import classes from './RawText.module.css'

type Props = { readonly label: string; readonly text: string }

/** Text as it came, or as a machine reads it; it scrolls inside itself. */
export function RawText({ label, text }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.raw} aria-label={label} tabIndex={0}>
      <pre>{readable(text)}</pre>
    </section>
  )
}

/** JSON on lines of its own, anything else untouched. */
function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
