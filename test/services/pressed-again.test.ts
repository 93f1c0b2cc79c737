import { formOf } from '../../src/domain/forms';
import { addToCase } from '../../src/services/add-to-case';
import { fileCase } from '../../src/services/file-case';
import { recordContact } from '../../src/services/record-contact';
import { NEGATIVE_INTERNAL } from '../support/sp-feedback-answers';
import { startWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

/** What someone typed in one window, whose results they did not learn; they press the last one twice. */
const TYPED = ['At nine.', 'At ten.', 'At eleven.', 'At eleven.'];
const form = formOf('sp_feedback');
const answersWith = (details: string) => ({
  ...NEGATIVE_INTERNAL,
  sp_account: 'ACC100',
  sj: '660001',
  internal_details: details,
});

it('every correction of a report, of an addition to it, and of an attempt is kept once', async () => {
  const { jobDeps: deps } = world.app;
  const amira = world.workspace.ids.users.amira ?? '';
  const report = { id: 'V0REPORT', form, reporter: amira, source: null };
  let ref = '';
  for (const text of TYPED) {
    const filed = await fileCase(deps, { ...report, answers: answersWith(text) });
    if (!filed.ok) throw new Error(JSON.stringify(filed.faults));
    ({ ref } = filed.stored);
  }
  const notes = async () => (await deps.cases.byRef(ref))?.notes.map(({ text }) => /At \w+\./.exec(text)?.[0]) ?? [];
  expect(await notes()).toEqual(['At ten.', 'At eleven.']);

  for (const text of TYPED)
    expect(await addToCase(deps, { ref, form, answers: answersWith(text), by: amira, key: 'V0MORE' })).toMatchObject({
      ok: true,
    });
  expect((await notes()).slice(2)).toEqual(['At nine.', 'At ten.', 'At eleven.']);

  const attempt = { id: 'V0TRY', sp: '', sj: '660001', by: amira, reached: true, resolved: false } as const;
  for (const outcome of TYPED)
    await recordContact(deps, { ...attempt, outcome, voicemail: false, noteOnJob: false, publicWithEmail: false });
  expect((await deps.contacts.ofSj('660001')).map(({ outcome }) => outcome)).toEqual([
    'At nine.',
    'At ten.',
    'At eleven.',
  ]);
});
