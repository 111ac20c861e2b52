import { expect, test } from 'vitest'
import { npmFailure } from './npm-failure.mjs'

test("npm's reason is told, not its usage that follows", () => {
  const log = [
    'npm warn deprecated something@1.0.0: old',
    'npm error code EUSAGE',
    'npm error',
    'npm error Missing: zod@4.1.0 from lock file',
    'npm error',
    'npm error Clean install a project',
    'npm error Usage:',
    'npm error npm ci',
  ]
  expect(npmFailure(log.join('\n'))).toBe('npm error code EUSAGE\nnpm error Missing: zod@4.1.0 from lock file')
})

test('where npm names no error, its last words are told', () => {
  expect(npmFailure('spawn npm ENOENT\n')).toBe('spawn npm ENOENT')
})
