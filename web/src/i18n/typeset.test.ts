import { expect, it } from 'vitest'
import { mapWords, typesetFrench } from './typeset.ts'

it('sets the spaces of French', () => {
  expect(typesetFrench('Êtes-vous sûr ? « Oui » : 1 ; 2 !')).toBe(
    'Êtes-vous sûr\u202f? «\u202fOui\u202f»\u00a0: 1\u202f; 2\u202f!',
  )
  expect(typesetFrench('Envoyé à 15:04')).toBe('Envoyé à 15:04')
})

it('changes every word of a catalogue', () => {
  expect(mapWords({ a: 'x', b: { c: 'y' } }, (text) => `${text}!`)).toEqual({
    a: 'x!',
    b: { c: 'y!' },
  })
})
