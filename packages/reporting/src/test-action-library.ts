import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { type ActionLibrary, actionLibrarySchema } from './action-library.ts'

// Tests only: the steps that come with Bina.

export const libraryFile = new URL('../../../policy/actions.yaml', import.meta.url)
export const testActionLibrary: ActionLibrary = actionLibrarySchema.parse(parse(readFileSync(libraryFile, 'utf8')))
