import { TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiFault } from '../api/fault.ts'
import { read } from '../api/read.ts'
import type { Lookup } from '../api/wire.ts'
import { useSay } from '../i18n/say.ts'
import { givenPath, paths, withQuery } from '../paths.ts'
import { Go, useGo } from '../ui/address.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { ProblemAlert } from '../ui/faults.tsx'
import classes from './Finder.module.css'

type Props = {
  readonly opened: boolean
  readonly onOpen: () => void
  readonly onClose: () => void
}

/** Finds an object by any id, reference or e-mail: one match opens at once. */
export function Finder({ opened, onOpen, onClose }: Props) {
  const { t } = useTranslation()
  const newest = useRef(onOpen)
  useEffect(() => {
    newest.current = onOpen
  })
  useEffect(() => {
    const open = (event: KeyboardEvent) => {
      const asked = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k'
      if (!asked || document.querySelector('dialog[open]')) return
      event.preventDefault()
      newest.current()
    }
    document.addEventListener('keydown', open)
    return () => document.removeEventListener('keydown', open)
  }, [])
  return (
    <Dialog opened={opened} onClose={onClose} title={t('find.title')}>
      <Find onClose={onClose} />
    </Dialog>
  )
}

function Find({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const go = useGo()
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState('')
  const found = useQuery({ ...read('/v1/lookup/{id}', { id: asked }), enabled: asked !== '' })
  const matches = found.data?.matches
  const only = matches?.length === 1 ? givenPath(matches[0]?.path) : null
  useEffect(() => {
    if (only === null) return
    onClose()
    go(only)
  }, [only, go, onClose])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAsked(typed.trim())
  }
  return (
    <form onSubmit={submit} className={classes.form}>
      <TextInput
        label={t('find.label')}
        description={t('find.hint')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
      />
      <ProblemAlert fault={found.error instanceof ApiFault ? found.error : null} />
      <div role="status">{found.isFetching ? t('find.searching') : null}</div>
      {matches && !found.isFetching ? (
        <Matches matches={matches} asked={asked} onGo={onClose} />
      ) : null}
    </form>
  )
}

type MatchesProps = {
  readonly matches: Lookup['matches']
  readonly asked: string
  readonly onGo: () => void
}

function Matches({ matches, asked, onGo }: MatchesProps) {
  const { t } = useTranslation()
  const say = useSay()
  const search = withQuery(paths.payments, asked)
  return (
    <>
      {matches.length === 0 ? <p role="status">{t('find.none')}</p> : null}
      <ul className={classes.list}>
        {matches.map((match) => {
          const path = givenPath(match.path)
          return path === null ? null : (
            <li key={match.id + match.via}>
              <Go to={path} onClick={onGo} className={classes.match}>
                <span>{match.title}</span>
                <span className="florin-muted">
                  {say('object', match.type)} · {say('via', match.via)}
                </span>
              </Go>
            </li>
          )
        })}
        <li>
          <Go to={search} onClick={onGo} className={classes.match}>
            {t('find.inPayments', { text: asked })}
          </Go>
        </li>
      </ul>
    </>
  )
}
