import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiFault } from '../../api/fault.ts'
import { write } from '../../api/request.ts'
import { LanguageSwitch } from '../../frame/LanguageSwitch.tsx'
import { ThemeSwitch } from '../../frame/ThemeSwitch.tsx'
import { givenPath, paths } from '../../paths.ts'
import { useGo, useSearch } from '../../ui/address.tsx'
import { ProblemAlert } from '../../ui/faults.tsx'
import { Page } from '../../ui/Page.tsx'
import { meQuery } from '../../ui/session.tsx'
import classes from './SignInPage.module.css'

export function SignInPage() {
  const { t } = useTranslation('signIn')
  const [{ next }] = useSearch()
  return (
    <main className={classes.main}>
      <div className={classes.card}>
        <img src="/favicon.svg" alt="Florin" width={40} height={40} />
        <Page title={t('title')} subtitle={next === undefined ? undefined : t('ended')}>
          <SignInForm next={next} />
        </Page>
        <div className={classes.foot}>
          <LanguageSwitch />
          <ThemeSwitch />
        </div>
      </div>
    </main>
  )
}

function SignInForm({ next }: { readonly next: string | undefined }) {
  const { t } = useTranslation('signIn')
  const client = useQueryClient()
  const go = useGo()
  const [tried, setTried] = useState(false)
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [sending, setSending] = useState(false)
  const [fault, setFault] = useState<ApiFault | null>(null)
  const missing = email.trim() === '' || password === ''

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (missing || sending) return
    setSending(true)
    setFault(null)
    try {
      const me = await write('POST /v1/sign_in', { body: { email: email.trim(), password } })
      client.setQueryData(meQuery.queryKey, me)
      go(givenPath(next) ?? paths.home, { replace: true })
    } catch (thrown) {
      if (!(thrown instanceof ApiFault)) throw thrown
      setFault(thrown)
    } finally {
      setSending(false)
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)} className={classes.form} noValidate>
      <TextInput
        label={t('email')}
        type="email"
        name="email"
        autoComplete="username"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        error={tried && email.trim() === '' ? t('emailMissing') : null}
      />
      <PasswordInput
        label={t('password')}
        name="password"
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={tried && password === '' ? t('passwordMissing') : null}
        visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
      />
      <ProblemAlert fault={fault} />
      <Button type="submit" loading={sending} fullWidth>
        {t('submit')}
      </Button>
    </form>
  )
}
