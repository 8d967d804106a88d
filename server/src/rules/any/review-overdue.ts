import { defineRule } from '../../engine/rule.ts';
import { nextReview } from '../../languages/card/dates.ts';

export const reviewOverdue = defineRule({
  meta: {
    id: 'GL806',
    name: 'review-overdue',
    title: 'Card whose review is overdue',
    kinds: ['model-card', 'data-card'],
    severity: 'warning',
    confidence: 'high',
    fix: 'none',
    guidelines: ['ncsc-cisa-2023:ncsc-2.3.6', 'etsi-en-304-223:5.2.4-1.1', 'eu-ai-act:13.3.e'],
    why: 'The card itself says by when it was to be looked at again. Data, attacks and dependencies have moved since; what it states may no longer hold.',
    how: 'Review the card, correct what changed, and write the date of this review and of the next.',
    messages: {
      date: 'The review was due on {due}',
      cycle: 'The review was due on {due} ({from})',
    },
    examples: [
      {
        path: 'MODEL_CARD.md',
        bad: '# Model Card for toxi\n\n- **Last reviewed:** 2019-07-31 · **Next review:** 2020-01-31\n',
        good: '# Model Card for toxi\n\n- **Last reviewed:** 2026-10-31 · **Next review:** 2099-01-31\n',
      },
      {
        title: 'a cycle',
        path: 'DATA_CARD.md',
        bad: '# Data card: Forum archive\n\nLast reviewed: 2019-01-15\n\nReview frequency: every 6 months\n',
        good: '# Data card: Forum archive\n\nLast reviewed: 2026-10-15\n\nReview frequency: every 20 years\n',
      },
    ],
  },
  *check({ card, today }) {
    const review = today === undefined ? undefined : nextReview(card);
    if (!today || !review || review.due >= today) return;
    const { due, span, from } = review;
    yield { span, message: from ? 'cycle' : 'date', data: from ? { due, from } : { due } };
  },
});
