import { useId } from 'react'
import classes from './Choice.module.css'

type Props<V extends string> = {
  readonly title: string
  readonly value: V
  readonly onChange: (value: V) => void
  readonly options: readonly { readonly value: V; readonly label: string }[]
}

/** One of a few, all of them visible. */
export function Choice<V extends string>({ title, value, onChange, options }: Props<V>) {
  const name = useId()
  return (
    <fieldset className={classes.choice}>
      <legend>{title}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  )
}
