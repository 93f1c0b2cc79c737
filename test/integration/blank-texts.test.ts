import { type CardWork, RESOLUTION, startCardWork, typesOf } from '../support/card-work';

/** Slack takes these for an answer. */
const BLANKS = ['   ', '\n\n', '\u200b\u2060', '\u00a0\u202e'];
const ASKED = 'Fill this in: no one can read spaces.';

let work: CardWork;
beforeAll(async () => {
  work = await startCardWork();
});
afterAll(() => work.stop());

it('a note, a reason or a summary of spaces or invisible characters is refused at its field', async () => {
  const { dana, records } = work;
  const report = await work.filed();
  for (const blank of BLANKS) {
    await work.opened(dana, 'Add note', report.card);
    await dana.fill({ Note: blank });
    expect(await dana.submit()).toEqual({ errors: { Note: ASKED } });
    await dana.close();
  }
  await work.opened(dana, 'Void', report.card);
  await dana.fill({ 'Why was it filed by mistake?': ' ' });
  expect(await dana.submit()).toEqual({ errors: { 'Why was it filed by mistake?': ASKED } });
  await dana.close();
  await work.opened(dana, 'Snooze', report.card);
  await dana.fill({ Reason: '\u200b' });
  expect(await dana.submit()).toEqual({ errors: { Reason: ASKED } });
  await dana.close();
  await work.opened(dana, 'Reassign', report.card);
  await dana.fill({ 'To the Area Manager of': 'East', 'Summary for the new owner': '\t' });
  expect(await dana.submit()).toEqual({ errors: { 'Summary for the new owner': ASKED } });
  await dana.close();
  await work.world.settled();
  expect(typesOf(await records.of(report.ref))).toEqual(['filed', 'routed']);
});

it('what is typed is stored without invisible characters; an optional text may be blank', async () => {
  const { dana } = work;
  const report = await work.filed();
  const { stored } = await work.done(dana, 'Add note', report, {
    Note: 'Call\u200bed \u202eback\u2028👩‍🔧 \u05e9\u05dc',
  });
  expect(stored.notes).toMatchObject([{ text: 'Called back\n👩‍🔧 \u05e9\u05dc' }]);
  const done = await work.done(dana, 'Resolve', report, {
    ...RESOLUTION,
    'What the agent can tell the customer': ' \u200b ',
  });
  expect(done.stored.resolution).toMatchObject({ outcome: 'coaching_given', text: '' });
});
