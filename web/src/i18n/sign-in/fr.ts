import type { Words } from '../words.ts'
import type { signIn as en } from './en.ts'

export const signIn: Words<typeof en> = {
  title: 'Connexion',
  email: 'Adresse e-mail',
  password: 'Mot de passe',
  showPassword: 'Afficher ou masquer le mot de passe',
  submit: 'Se connecter',
  emailMissing: 'Saisissez votre adresse e-mail.',
  passwordMissing: 'Saisissez votre mot de passe.',
  ended: 'Connectez-vous pour reprendre où vous en étiez.',
}
