import { describeLeaderMoved } from '../describe-leader-moved.ts'

describeLeaderMoved({ rounds: 10, handovers: 20 })
