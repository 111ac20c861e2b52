export { createProgress, type Progress, type ProgressStep } from '../plain/progress.mjs'
