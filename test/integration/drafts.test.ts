import type { Actor } from '../../sandbox/workspace';
import { connect } from '../../src/db/connection';
import { draftStore } from '../../src/db/drafts';
import { findPerson } from '../../src/services/person-data';
import type { DraftStore } from '../../src/services/ports/people';
import { DETAILS, half, opened, values } from '../support/drafts';
import { submitForm } from '../support/filed';
import { fillForm } from '../support/fill-form';
import { startWorld, type World } from '../support/world';

const HOUR = 60 * 60_000;

describe('a draft', () => {
  let world: World;
  let drafts: DraftStore;
  let closeRecords: () => Promise<void>;
  beforeAll(async () => {
    world = await startWorld({ agents: 13 });
    const connection = await connect(world.databaseUri, world.log);
    drafts = draftStore(connection);
    closeRecords = () => connection.close();
  });
  afterAll(async () => {
    await closeRecords();
    await world.stop();
  });
  const agent = (number: number): Actor => world.workspace.as(`agent${number}`);

  it('has everything in the closed form, and is there when the command is typed again', async () => {
    const amira = agent(1);
    await opened(amira);
    await half(amira, 'Nobody came on Tuesday.');
    await amira.close();
    const again = await opened(amira);
    expect(again.text).toMatch(/Continue your draft from <!date\^\d+\^\{time\}\|/);
    expect(again.buttons).toContain('Discard');
    expect(values(again)).toMatchObject({
      'SP Account Number': 'ACC100',
      'SJ Number': '720001',
      'Reason For Feedback': 'SP Feedback from Customer: Negative',
      [DETAILS]: 'Nobody came on Tuesday.',
    });
    expect(again.text).toContain('Ace Plumbing');
  });

  it('is discarded with a button, which shows an empty form that stays empty', async () => {
    const amira = agent(2);
    await opened(amira);
    await half(amira, 'Not this one.');
    await amira.close();
    await opened(amira);
    await amira.press('Discard');
    const empty = await amira.waitForModal(({ text }) => !text.includes('Continue your draft'));
    expect(Object.values(values(empty)).every((value) => value === null)).toBe(true);
    await amira.fill({ 'SP Account Number': 'ACC200' });
    expect(amira.modal().fields['SP Account Number']?.value).toBe('ACC200');
    await amira.close();
    expect(values(await opened(amira))).toMatchObject({ 'SP Account Number': 'ACC200', 'SJ Number': null });
  });

  it('is overridden by an SP and an SJ typed with the command, which the form says', async () => {
    const amira = agent(3);
    await opened(amira);
    await half(amira, 'Kept.');
    await amira.close();
    const again = await opened(amira, 'ACC200 720033');
    expect(values(again)).toMatchObject({ 'SP Account Number': 'ACC200', 'SJ Number': '720033', [DETAILS]: 'Kept.' });
    expect(again.text).toContain('SP Account Number and SJ Number: as you typed just now, not as in the draft.');
    expect(again.text).toContain('Bolt Electric');
    await amira.press('Discard');
    const left = await amira.waitForModal(({ text }) => !text.includes('Continue your draft'));
    expect(values(left)).toMatchObject({ 'SP Account Number': 'ACC200', 'SJ Number': '720033' });
    expect(left.labels).not.toContain(DETAILS);
    await amira.close();
  });

  it('is gone once its report is filed', async () => {
    const amira = agent(4);
    await opened(amira);
    await half(amira, 'Filed.');
    await amira.close();
    await opened(amira);
    await amira.fill({ 'Negative Customer Feedback': ['Missed appointment'] });
    expect((await submitForm(amira)).told?.content).toMatch(/SPF-\d{6}/);
    expect(values(await opened(amira))).toMatchObject({ 'SP Account Number': null });
    expect((await drafts.find(amira.id, 'sp_feedback'))?.answers).toEqual({});
  });

  it('is not begun again by what Slack tells late of a window that was filed', async () => {
    const [user, kind] = [agent(4).id, 'sp_feedback'] as const;
    const at = (seconds: number) => new Date(+world.clock.now() + seconds * 1000);
    const words = (window: string, seconds: number) => ({
      ...{ user, kind, window, metadata: '', startedAt: at(0), updatedAt: at(seconds) },
      answers: { sp_account: 'ACC100', sj: '720009' },
    });
    await drafts.save(words('V1', 1));
    await drafts.end({ user, kind, window: 'V1', at: at(2), filed: true });
    await drafts.save(words('V1', 3));
    expect((await drafts.find(user, kind))?.answers).toEqual({});
    await drafts.save(words('V2', 4));
    expect(await drafts.find(user, kind)).toMatchObject({ answers: { sj: '720009' } });
    await drafts.end({ user, kind, window: 'V2', at: at(5), filed: true });
  });

  it('is kept when a submission is refused', async () => {
    const amira = agent(5);
    await opened(amira);
    await half(amira, 'x'.repeat(3000));
    await amira.fill({ 'SJ Number': 'no number', 'Negative Customer Feedback': ['Missed appointment'] });
    expect(Object.keys((await amira.submit()).errors ?? {})).toEqual(['SJ Number']);
    await world.halt(world.app);
    await world.another();
    expect((await drafts.find(amira.id, 'sp_feedback'))?.answers).toMatchObject({
      negative_customer: ['missed_appointment'],
      sj: 'no number',
    });
  });

  it('has every answer that Slack reported if the app is stopped in the middle, and continues after its restart', async () => {
    const amira = agent(6);
    await opened(amira);
    await half(amira, 'Typed, then the branch was changed.');
    await amira.fill({ 'Reason For Feedback': 'SP Feedback from Customer: Positive' });
    await world.halt(world.app);
    await world.another();
    expect(values(await opened(amira))).toMatchObject({
      'Reason For Feedback': 'SP Feedback from Customer: Positive',
      [DETAILS]: 'Typed, then the branch was changed.',
    });
  });

  it('lasts for 24 hours after its last change, and not a minute longer', async () => {
    const [early, late] = [agent(7), agent(8)];
    for (const person of [early, late]) {
      await opened(person);
      await half(person, 'A day ago.');
      await person.close();
    }
    world.workspace.clock.advance(24 * HOUR - 60_000);
    expect((await opened(early)).text).toContain('Continue your draft from');
    await early.close();
    world.workspace.clock.advance(60_000);
    const fresh = await opened(late);
    expect(fresh.text).not.toContain('draft');
    expect(fresh.fields['SP Account Number']?.value).toBeNull();
    expect((await opened(early)).text).toContain('Continue your draft from');
  });

  it('exists once per person and form', async () => {
    const [amira, ben] = [agent(9), agent(10)];
    await opened(amira);
    await half(amira, 'Hers.');
    await amira.close();
    expect((await opened(ben)).text).not.toContain('draft');
    expect((await opened(amira, '', 'high_risk')).text).not.toContain('draft');
    expect((await opened(amira)).fields[DETAILS]?.value).toBe('Hers.');
  });

  it('contains no card number', async () => {
    const amira = agent(11);
    await opened(amira);
    await half(amira, 'They asked for my card 4111 1111 1111 1111.');
    await amira.close();
    const kept = JSON.stringify(await drafts.find(amira.id, 'sp_feedback'));
    expect(kept).toContain('They asked for my card');
    expect(kept).not.toContain('1111 1111 1111');
  });

  it('contains none of what it was begun with either: the words after its command, or of a message', async () => {
    const amira = agent(11);
    const number = '4111 1111 1111 1111';
    const kept = async (user: Actor, kind: 'high_risk' | 'provider_report') =>
      JSON.stringify(await drafts.find(user.id, kind));
    await opened(amira, `ACC100 720011 they asked for ${number}`, 'provider_report');
    await amira.fill({ 'Who reports': 'Liaison of the SP' });
    await amira.close();
    expect(await kept(amira, 'provider_report')).toContain('they asked for');
    expect(await kept(amira, 'provider_report')).not.toContain('1111 1111 1111');
    await opened(amira, `Nobody Plumbing ${number}`, 'provider_report');
    await amira.fill({ 'Who reports': 'Agent for the SP' });
    await amira.close();
    expect(await kept(amira, 'provider_report')).not.toContain('1111 1111 1111');

    const message = await agent(10).say(`They asked for ${number} at the door.`, 'call-floor');
    await amira.shortcut('file_high_risk', message);
    await amira.waitForModal(({ title }) => title === 'High-risk report');
    await amira.fill({ 'Who is at risk': ['Public'] });
    await amira.close();
    expect(await kept(amira, 'high_risk')).toContain('at the door');
    expect(await kept(amira, 'high_risk')).not.toContain('1111 1111 1111');
  });

  it('is found by a search for a person even if it has only the words it was begun with', async () => {
    const amira = agent(11);
    await opened(amira, 'ACC100 720300 Nia Obi called at noon');
    await amira.fill({ 'SJ Number': '720301' });
    await amira.close();
    const { beside } = await findPerson(world.app.jobDeps, { name: 'Nia Obi' });
    expect(beside).toMatchObject([{ what: 'drafts', id: `${amira.id}:sp_feedback` }]);
  });

  it('names the files that Slack cannot fill in again, until some are added', async () => {
    const amira = agent(13);
    await opened(amira, 'ACC100 720013', 'high_risk');
    await fillForm(amira, { Evidence: [amira.upload('door.jpg', 'a'), amira.upload('quote <1>.pdf', 'b')] });
    await amira.close();
    const again = await opened(amira, '', 'high_risk');
    const missing = 'add your 2 files again (door.jpg and quote &lt;1&gt;.pdf)';
    expect(again.text).toContain(missing);
    expect((await amira.fill({ 'Who is at risk': ['SP'] })).text).toContain(missing);
    await amira.close();
    expect((await opened(amira, '', 'high_risk')).text).toContain(missing);
    await fillForm(amira, { Evidence: [amira.upload('door.jpg', 'a')] });
    const added = await amira.fill({ 'Who is at risk': ['SP', 'Public'] });
    expect(added.text).toContain('Continue your draft from');
    expect(added.text).not.toContain('add your');
    await amira.close();
    expect((await opened(amira, '', 'high_risk')).text).toContain('add your file again (door.jpg)');
    await amira.press('Discard');
    const empty = await amira.waitForModal(({ text }) => !text.includes('Continue your draft'));
    expect(empty.text).not.toContain('door.jpg');
  });

  it('is not begun by a form that was opened and closed untouched', async () => {
    const amira = agent(12);
    await opened(amira, '', 'leadership');
    await amira.close();
    expect((await opened(amira, '', 'leadership')).text).not.toContain('draft');
  });
});
