import { caseCard, detailsWindow, redactedCard } from '../../src/blocks/cards/case-card';
import { praiseCard } from '../../src/blocks/cards/praise-card';
import { linksAtHand } from '../../src/domain/at-hand';
import type { Clock } from '../../src/domain/case';
import { clockOf, filedCase, later, MONDAY, minutes, moved } from '../support/cases';

const { facts } = filedCase();
const post = { id: 'main', channel: 'C0WEST', fallback: 'C0FALL', show: 'full', sent: null, redirected: null } as const;
const linesOf = (links: typeof facts.links) =>
  caseCard(
    { ...facts, links: linksAtHand(links), totals: { ...facts.totals, links: links.length } },
    { answers: [], post, headQuestions: [] },
  ).flatMap((block) =>
    block.type === 'context' ? block.elements.flatMap((element) => ('text' in element ? [element.text] : [])) : [],
  );

it("lists the cases behind a case, or the first ones and the number of others, within Slack's limit", () => {
  const behind = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ ref: `SPF-${100_000 + i}`, relation: 'cause' as const }));
  expect(linesOf(behind(30)).join()).toContain('because of SPF-100000, SPF-100001, ');
  expect(linesOf(behind(30)).join()).not.toContain('more cases');
  const [line = '', ...others] = linesOf(behind(10_000));
  expect(others).toEqual([]);
  expect(line).toContain(', SPF-100029  ·  and 9970 more cases');
  expect(line.length).toBeLessThanOrEqual(3000);
});

it('a redacted card does not tell whether a callback is promised, not even while the case is snoozed', () => {
  const until = later(MONDAY, minutes(60));
  const callback = clockOf('callback', MONDAY, later(MONDAY, minutes(120)));
  const seen = (callback: Clock | null) => {
    const clocks = [clockOf('acknowledge', MONDAY), callback].filter((one) => one !== null);
    const open = filedCase(MONDAY, null, { kind: 'leadership', clocks }).facts;
    const asleep = moved(open, { type: 'snooze', until, reason: 'They are away.' }, MONDAY).facts;
    return redactedCard(asleep, { ...post, show: 'redacted' });
  };
  expect(seen(callback)).toEqual(seen(null));
});

describe('praise in the recognition channel', () => {
  const answers = [
    { question: 'positive', kind: 'many_of', label: 'Positive Customer Feedback', value: 'On time', long: false },
    { question: 'details', kind: 'long_text', label: 'Details', value: 'He even cleaned up.', long: true },
  ] as const;
  const shown = (state: typeof facts.state, links: typeof facts.links = []) =>
    JSON.stringify(
      praiseCard({ ...facts, state, links }, { answers, post: { ...post, show: 'praise' }, headQuestions: [] }),
    );

  it("says who did what well, in the customer's words, and has no buttons", () => {
    expect(shown('open')).toMatch(/🎉 Well done, .*On time.*He even cleaned up\./);
    expect(shown('open')).not.toContain('"actions"');
  });

  it('is removed with a case that was filed by mistake', () => {
    expect(shown('void')).toContain('was filed by mistake');
    expect(shown('void')).not.toContain('He even cleaned up.');
    const duplicate = shown('void', [{ ref: 'SPF-000002', relation: 'duplicate_of' }]);
    expect(duplicate).toContain('was filed twice');
    expect(duplicate).not.toContain('by mistake');
  });
});

describe('a long case', () => {
  const said = (label: string, value: string, long: boolean) =>
    ({ question: label, kind: long ? 'long_text' : 'text', label, value, long }) as const;
  const answers = [
    ...Array.from({ length: 20 }, (_, i) => said(`Question ${i}`, 'yes '.repeat(200), false)),
    ...Array.from({ length: 4 }, (_, i) => said(`Story ${i}`, `${'word '.repeat(500)}end ${i}`, true)),
  ];
  const words = (blocks: unknown) => JSON.stringify(blocks);

  it('fits on a screen as a card, with the rest behind Details; all buttons are there', () => {
    const whole = caseCard(facts, { answers, post, headQuestions: [] });
    const short = caseCard(facts, { answers: answers.slice(0, 1), post, headQuestions: [] });
    expect(words(whole).length).toBeLessThan(7000);
    expect(words(whole)).toContain('"Details"');
    expect(words(whole)).toContain('"Acknowledge"');
    expect(words(caseCard(facts, { answers: [said('Code', 'NCNS', false)], post, headQuestions: [] }))).not.toContain(
      '"Details"',
    );
    expect(words(short)).toContain('"Details"');
  });

  it('is complete in its window', () => {
    const { blocks } = detailsWindow(facts, { answers, headQuestions: [] });
    for (const end of ['end 0', 'end 3', 'Question 19']) expect(words(blocks)).toContain(end);
    expect(blocks.length).toBeLessThanOrEqual(100);
  });
});
