import { type CaseWork, startCaseWork } from '../support/case-work';

/** What Teams and SharePoint add to copied text: nothing that anyone sees. */
const [ZERO, SHY, RTL] = ['\u200b', '\u00ad', '\u202e'];

let work: CaseWork;
beforeAll(async () => {
  work = await startCaseWork();
});
afterAll(() => work.stop());

it('a word is found whatever is invisible in it, in a reply or in what is searched for', async () => {
  const dana = work.as('dana');
  const { stored, card } = await work.file(work.as('amira'));
  await dana.say(`The comp${ZERO}ressor is lea${SHY}king${RTL}.`, card.channel, card);
  await work.world.settled();
  expect((await work.now(stored.ref)).stored.notes).toMatchObject([{ text: 'The compressor is leaking.' }]);
  for (const typed of ['compressor', `com${SHY}pressor`, `leak${ZERO}ing${RTL}`]) {
    await dana.command(`/warmline search ${typed}`);
    const found = await dana.waitForModal(
      ({ text }) => text.includes('newest first') || text.includes('Nothing found'),
    );
    expect(found.text).toContain(stored.ref);
    await dana.close();
  }
});

it('an area is found the same way', async () => {
  const ada = work.as('ada');
  await ada.command(`/who We${ZERO}st${RTL}`);
  const told = await ada.waitForEphemeral(({ content }) => content.includes('Area Manager'));
  expect(told.content).toContain('West');
  expect(told.content).not.toContain('East');
});

it('a long name of emoji is cut between them: half of one would make Slack refuse the answer', async () => {
  const dana = work.as('dana');
  await dana.command(`/sp x${'🔧'.repeat(40)} & sons`);
  const told = await dana.waitForEphemeral(({ content }) => content.includes('No SP goes by'));
  expect(told.content).not.toMatch(/\p{Cs}/u);
});
