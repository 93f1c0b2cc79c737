import { type CaseWork, startCaseWork } from '../support/case-work';
import { refIn, submitForm } from '../support/filed';

let work: CaseWork;
beforeAll(async () => {
  work = await startCaseWork({ timing: { responseUrlUses: 0 } });
});
afterAll(() => work.stop());

it('who files a report is told so where they typed the command, although its response_url is used up', async () => {
  const amira = work.as('amira');
  await work.fill(amira);
  const ref = refIn(await submitForm(amira));
  await amira.waitForEphemeral(({ text }) => text.includes(ref));
});

it('an admin is told that the policy was applied, however long that took', async () => {
  const ada = work.as('ada');
  await ada.command('/warmline apply-policy', 'call-floor');
  await ada.waitForEphemeral(({ text }) => text.startsWith('The policy applies to'));
});
