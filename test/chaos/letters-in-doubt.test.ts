import { sendLetters } from '../../src/services/send-letters';
import { type CaseWork, HOUR, startCaseWork } from '../support/case-work';
import { type Front, frontFor } from '../support/front';

let work: CaseWork;
let front: Front;
beforeAll(async () => {
  work = await startCaseWork({
    between: frontFor((made) => {
      front = made;
    }),
  });
});
afterAll(() => work.stop());

it('a letter that was given up although its last try arrived is not sent a second time when an admin tries again', async () => {
  const { workspace, app } = work.world;
  const deps = app.jobDeps;
  const dana = work.as('dana');
  const text = 'The clock of a machine is wrong.';
  const [id, content] = ['told:once', { type: 'alarms' as const, about: [text] }];
  await deps.letters.put({ id, to: dana.id, about: null, content, at: deps.now() });
  const faults: unknown[] = [];
  const send = async () => {
    workspace.clock.advance(3 * HOUR);
    await sendLetters(deps, deps.sendLetter, (_letter, error) => faults.push(error));
  };
  const told = () => dana.dm().filter((message) => message.content.includes(text));

  let tries = 0;
  front.on('chat.postMessage', async (args, forward) => {
    if (!JSON.stringify(args).includes(text)) return null;
    if (++tries === 10) await forward();
    return { status: 500, body: { ok: false, error: 'internal_error' } };
  });
  while (tries < 10) await send();
  await send();
  front.on('chat.postMessage', null);
  expect(told()).toHaveLength(1);
  expect((await deps.letters.failed(5)).map((letter) => letter.id)).toContain(id);

  expect(await deps.letters.retry(id, deps.now())).toBe(true);
  await send();
  expect(told()).toHaveLength(1);
  expect((await deps.letters.failed(5)).map((letter) => letter.id)).not.toContain(id);
  expect(faults).toEqual([]);
});
