import type { Actor, ViewReading } from '../../sandbox/workspace';
import { formOf } from '../../src/domain/forms';
import { KINDS } from '../../src/domain/kinds';
import type { CaseKind } from '../../src/domain/kinds/code';

export const DETAILS = "Details of Customer's Experience with SP";

/** Opens a form; returns it as first shown. */
export async function opened(agent: Actor, typed = '', kind: CaseKind = 'sp_feedback'): Promise<ViewReading> {
  await agent.command(`${KINDS[kind].command} ${typed}`.trim(), 'call-floor');
  return agent.waitForModal(({ title }) => title === formOf(kind).title);
}

/** Fills the form up to its details, which Slack does not report while they are typed. */
export const half = (agent: Actor, words: string) =>
  agent.fill({
    'SP Account Number': 'ACC100',
    'SJ Number': '720001',
    'Reason For Feedback': 'SP Feedback from Customer: Negative',
    [DETAILS]: words,
  });

/** The value of each field, by its label. */
export const values = ({ fields }: ViewReading) =>
  Object.fromEntries(Object.entries(fields).map(([l, { value }]) => [l, value]));
