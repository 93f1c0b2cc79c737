import type { Actor, FillValue, ViewReading } from '../../sandbox/workspace';
import { type CaseWork, startCaseWork } from '../support/case-work';
import { type Door, door } from '../support/door';
import { freshDatabase } from '../support/engine';
import { submitForm } from '../support/filed';
import { byNight } from '../support/nightly';
import { UNSAFE } from '../support/reports';

/** Everything that a window shows as entered. */
type Typed = Readonly<Record<string, unknown>>;
interface Window {
  readonly name: string;
  readonly who: string;
  open(actor: Actor): Promise<unknown>;
  readonly title: string;
  readonly entries: Readonly<Record<string, FillValue>>;
}

let database: Awaited<ReturnType<typeof freshDatabase>>;
let way: Door;
let work: CaseWork;
beforeAll(async () => {
  database = await freshDatabase();
  way = await door(database.uri);
  way.open();
  work = await startCaseWork({ databaseUri: way.uri });
});
afterAll(async () => {
  way.release();
  way.open();
  await work.stop();
  await way.close();
  await database.drop();
});
afterEach(async () => {
  await work.world.workspace.faults.clear();
  way.open();
});

let nextSj = 880_000;
const command = (name: string) => (actor: Actor) => actor.command(`${name} ACC100 ${nextSj++}`, 'call-floor');
const STORY = 'Told once, and never again.';

/** Opens a part of an admin's Home and presses a button there. */
const inAdmin = (part: string, button: string, word: string) => async (actor: Actor) => {
  await actor.openHome();
  await actor.waitForHome(({ buttons }) => buttons.includes('Admin'));
  await actor.press('Admin', { in: 'home' });
  await actor.waitForHome(({ text }) => text.includes('Waiting for an admin'));
  await actor.choose(part, { in: 'home', from: 'Choose what to see' });
  await actor.waitForHome(({ text, buttons }) => text.includes(word) && buttons.includes(button));
  await actor.press(button, { in: 'home' });
};

const FORMS: readonly Window[] = [
  {
    name: 'SP feedback',
    who: 'amira',
    open: command('/sp-feedback'),
    title: 'SP feedback',
    entries: {
      'Reason For Feedback': 'SP Feedback from Customer: Negative',
      'Negative Customer Feedback': ['Misdiagnosis'],
      "Details of Customer's Experience with SP": STORY,
    },
  },
  { name: 'a high-risk report', who: 'amira', open: command('/high-risk'), title: 'High-risk report', entries: UNSAFE },
  {
    name: 'an exception',
    who: 'amira',
    open: command('/escalate'),
    title: 'Exception',
    entries: { 'Exception code': 'COACH', Details: STORY },
  },
  {
    name: 'a leadership concern',
    who: 'amira',
    open: command('/leadership'),
    title: 'Leadership concern',
    entries: {
      'Follow-up': 'Refuses to wait',
      'Warm transfer to a Resolution Specialist': 'Unavailable, voicemail left',
      'Summary for the hand-over': STORY,
    },
  },
  {
    name: 'a provider report',
    who: 'amira',
    open: command('/provider-report'),
    title: 'Provider report',
    entries: {
      'Who did it': 'Customer',
      'What kind': ['Harassed'],
      'What happened': STORY,
      'Is the SP safe now': 'Yes',
    },
  },
];

const OTHERS: readonly Window[] = [
  {
    name: 'an attempt to reach the SP',
    who: 'amira',
    open: (actor) => actor.command(`/sp-contact ${nextSj++}`, 'call-floor'),
    title: 'SP contact',
    entries: { 'Did you reach the SP?': 'Yes', Outcome: STORY, 'Is the matter resolved?': 'No' },
  },
  {
    name: 'an area',
    who: 'ada',
    open: inAdmin('Areas', 'Add an area', 'Areas ('),
    title: 'Add an area',
    entries: { Name: 'North', 'Time zone': 'UTC', 'Area Manager': 'priya' },
  },
  {
    name: 'an SP',
    who: 'ada',
    open: inAdmin('SPs', 'Add an SP', 'SPs'),
    title: 'Add an SP',
    entries: { 'Account number': 'ACC901', Name: 'Northern Lights', Area: 'West' },
  },
  {
    name: 'an answer option',
    who: 'ada',
    open: inAdmin('Answer options', 'Add an option', 'Missed appointment'),
    title: 'Add an option',
    entries: { Label: 'Left the gate open', 'Exception code': 'PROCESS' },
  },
  {
    name: 'the policy',
    who: 'ada',
    open: inAdmin('Policies', 'Change', 'The most specific clock applies'),
    title: 'Change the policy',
    entries: { 'How long': '45 min' },
  },
  {
    name: 'preferences',
    who: 'dana',
    open: (actor) => actor.command('/warmline preferences'),
    title: 'Your preferences',
    entries: { 'How are you told what waits for you?': 'By mention' },
  },
  {
    name: 'a cover',
    who: 'dana',
    open: (actor) => actor.command('/warmline cover'),
    title: 'Your cover',
    entries: { 'Who covers for you?': 'priya', 'First day': '2026-12-01', 'Last day': '2026-12-02' },
  },
];

/** The windows of a card's buttons, on an open case. */
const MOVES: readonly (readonly [button: string, entries: Readonly<Record<string, FillValue>>])[] = [
  ['Add note', { Note: STORY }],
  ['Log SP contact', { 'Did you reach the SP?': 'Yes, reached', 'What was said or left': STORY }],
  ['Resolve', { Outcome: 'Coaching given', 'What the agent can tell the customer': STORY }],
  ['Snooze', { Reason: STORY }],
  ['Reassign', { 'Or to this person': 'tom', 'Summary for the new owner': STORY }],
  ['Change severity', { Severity: 'High', Reason: STORY }],
  ['Void', { 'Why was it filed by mistake?': STORY }],
];

const typedIn = ({ fields }: ViewReading): Typed =>
  Object.fromEntries(Object.entries(fields).map(([label, { value }]) => [label, value]));

/** What a window shows of what a person typed; a redraw may add questions at any moment. */
const kept = (modal: ViewReading, entries: Readonly<Record<string, FillValue>>): Typed =>
  Object.fromEntries(Object.entries(typedIn(modal)).filter(([label]) => label in entries));

/** Opens and fills a window; returns what it then shows as typed. */
async function filled({ who, open, title, entries }: Window): Promise<{ actor: Actor; typed: Typed; id: string }> {
  const actor = work.as(who);
  const before = actor.modalCount > 0 ? actor.modal().id : null;
  await open(actor);
  const { id } = await actor.waitForModal((modal) => modal.title === title && modal.id !== before);
  await actor.fill(entries);
  return { actor, typed: kept(actor.modal(), entries), id };
}
async function closeAll(actor: Actor): Promise<void> {
  while (actor.modalCount > 0) await actor.close();
}
const said = (errors: object | undefined) => Object.values(errors ?? {}).join(' ');

describe('while the database is down, a window stays with everything typed, and says so', () => {
  it.each([...byNight(FORMS, 2), ...byNight(OTHERS, 3)].map((one) => [one.name, one] as const))(
    '%s',
    async (_name, window) => {
      const { actor, typed, id } = await filled(window);
      way.shut();
      const { errors } = await actor.submit();
      expect(said(errors)).toMatch(/could not (save|read)/);
      expect(actor.modal().id).toBe(id);
      expect(kept(actor.modal(), window.entries)).toEqual(typed);
      way.open();
      await closeAll(actor);
    },
  );

  it.each(byNight(MOVES, 3))('%s', async (button, entries) => {
    const { card } = await work.file(work.as('amira'));
    const dana = work.as('dana');
    await work.open(dana, button, card);
    await dana.fill(entries);
    const typed = kept(dana.modal(), entries);
    way.shut();
    expect(said((await dana.submit()).errors)).toContain('could not save');
    expect(kept(dana.modal(), entries)).toEqual(typed);
    way.open();
    await closeAll(dana);
  });
});

describe('if Slack refuses to redraw a form, what was typed is there, and it can be filed', () => {
  it.each(byNight(FORMS, 2).map((one) => [one.name, one] as const))('%s', async (_name, window) => {
    const { actor, typed } = await filled(window);
    await work.world.workspace.faults.set({ errorBefore: { remaining: 3, method: 'views.update' } });
    const [label = ''] = Object.keys(window.entries);
    await actor.fill({ [label]: window.entries[label] ?? null });
    expect(kept(actor.modal(), window.entries)).toEqual(typed);
    await work.world.workspace.faults.clear();
    expect(await submitForm(actor)).toMatchObject({ closed: true });
  });

  it('a conduct alone is enough if the form could not show that the situation is not needed', async () => {
    const { Situation: _none, ...entries } = UNSAFE as Readonly<Record<string, FillValue>>;
    const actor = work.as('amira');
    await command('/high-risk')(actor);
    await actor.waitForModal(({ title }) => title === 'High-risk report');
    await actor.fill(entries);
    await work.world.workspace.faults.set({ errorBefore: { remaining: 3, method: 'views.update' } });
    await actor.fill({ 'Conduct involved': ['Property damage'] });
    await work.world.workspace.faults.clear();
    expect(await submitForm(actor)).toMatchObject({ closed: true });
  });
});

describe('if a move is refused, what was typed is offered as a note, or stays next to the reason', () => {
  it.each(byNight(MOVES, 4))('%s', async (button, entries) => {
    const { card } = await work.file(work.as('amira'));
    const tom = work.as('tom');
    await work.open(tom, button, card);
    await tom.fill(entries);
    const typed = kept(tom.modal(), entries);
    await work.make(work.as('dana'), 'Void', card, { 'Why was it filed by mistake?': 'Twice.' });
    const { errors } = await tom.submit();
    if (errors) expect(kept(tom.modal(), entries)).toEqual(typed);
    else expect(typedIn(tom.modal())).toEqual({ Note: STORY });
    await closeAll(tom);
  });
});
