import { describeLeaderMoved } from './describe-leader-moved.ts'

// More rounds: npm run test:faults
describeLeaderMoved({ rounds: 2, handovers: 2 })
