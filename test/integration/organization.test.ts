import type { Actor } from '../../sandbox/workspace';
import { type CaseWork, startCaseWork } from '../support/case-work';
import { type Front, startFront } from '../support/front';
import { cardIn, fileReport, openReport, UNSAFE } from '../support/reports';
import { until } from '../support/until';

let work: CaseWork;
let front: Front;
let rosa: Actor;
/** Slack's answer about people of other workspaces: their organization, or none because it is down. */
let organization: string | null;
beforeEach(async () => {
  work = await startCaseWork({
    async between(apiUrl) {
      front = await startFront(apiUrl);
      front.on('auth.test', async (_args, forward) => ({ body: { ...(await forward()), enterprise_id: 'E0OURS' } }));
      front.on('users.info', async ({ user }, forward) => {
        if (user !== rosa?.id) return null;
        if (organization === null) return { status: 503, body: {} };
        const body = await forward();
        return {
          body: { ...body, user: { ...(body.user as object), enterprise_user: { enterprise_id: organization } } },
        };
      });
      return front;
    },
  });
  rosa = work.as('rosa');
  organization = null;
  work.world.workspace.addMember('call-floor', 'rosa');
  work.world.workspace.makePartner('rosa', 'T0SISTER');
});
afterEach(() => work.stop());

describe('a colleague of another workspace of our organization, while Slack does not say that they are one', () => {
  it('has their reply on a need-to-know case kept once Slack does', async () => {
    const amira = work.as('amira');
    await openReport(amira, '/high-risk', 'ACC100 980401');
    await amira.fill(UNSAFE);
    const { ref } = await fileReport(work.world, work.records, amira);
    const card = cardIn(work.world, await work.records.of(ref), 'main');
    const asked = front.count('users.info');
    const said = rosa.say('I know this crew.', 'risk-desk', card);
    await until(() => front.count('users.info') > asked, 'Warmline to ask Slack about her');
    organization = 'E0OURS';
    await said;
    const notes = async () => (await work.records.of(ref)).notes.map(({ text }) => text);
    await until(async () => (await notes()).length > 0, 'the reply to be a note');
    expect(await notes()).toEqual(['I know this crew.']);
  });

  it('is asked to try again, and keeps what they typed', async () => {
    organization = 'E0OURS';
    await openReport(rosa, '/high-risk', 'ACC100 980402');
    await rosa.fill(UNSAFE);
    await work.world.halt(work.world.app);
    organization = null;
    await work.world.another();
    await rosa.submit();
    const { text, title } = await rosa.waitForModal((modal) => modal.title === 'Try again');
    expect([title, text]).toEqual(['Try again', expect.stringContaining('which company you belong to')]);
    expect(await work.records.count()).toBe(0);
    await rosa.close();
    organization = 'E0OURS';
    expect(rosa.modal().fields['What happened']?.value).toBe(UNSAFE['What happened']);
    const { ref } = await fileReport(work.world, work.records, rosa);
    expect((await work.records.of(ref)).reporter).toBe(rosa.id);
  });

  it('is told so after a command', async () => {
    await rosa.command('/case ACC100', 'call-floor');
    expect(rosa.ephemerals('call-floor').at(-1)?.text).toContain('Please try again in a moment.');
  });
});

it('someone of another organization stays an outsider', async () => {
  organization = 'E0OTHER';
  await rosa.command('/case ACC100', 'call-floor');
  expect(rosa.ephemerals('call-floor').at(-1)?.text).toContain('Warmline is for people at');
});
