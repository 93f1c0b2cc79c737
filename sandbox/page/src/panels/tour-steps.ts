import type { ClientMessage, ClientUser } from '../../../client-protocol';
import { nowOf, type State, threadKey } from '../store/state';
import type { TourProgress } from './tour-progress';

/** One step: what to do, what to look at, and how to see that it is done. `note` is stored when the step is done. */
export interface TourStep {
  title: string;
  text: (state: State, tour: TourProgress) => string;
  /** CSS selectors of what to use now; the first one on screen is highlighted. */
  show: (state: State, tour: TourProgress) => string[];
  done: (state: State, tour: TourProgress) => boolean;
  note?: (state: State, tour: TourProgress) => Partial<TourProgress>;
  /** Goes back if its basis is gone, e.g. the form was closed without filing. */
  back?: (state: State, tour: TourProgress) => boolean;
}

const CASE_REF = /\b[A-Z]{3}-\d{6}\b/;
const isAgent = (user: ClientUser | undefined) => /\bagent\b/i.test(user?.role ?? '');
const isManager = (user: ClientUser | undefined) => /area manager/i.test(user?.role ?? '');
const me = (state: State) => state.boot?.me;
const refOf = (message: ClientMessage) =>
  CASE_REF.exec(JSON.stringify([message.text, message.blocks ?? []]))?.[0] ?? '';
const fromApp = (state: State) => (message: ClientMessage) => message.user === state.boot?.app.botUserId;

/** The card of the case filed on this tour, in the channel that is open. */
export function tourCard(state: State, tour: TourProgress): ClientMessage | undefined {
  if (state.place.kind !== 'channel') return undefined;
  // What only one person sees is not a card.
  const cards = (state.feeds[state.place.id]?.messages ?? []).filter((one) => fromApp(state)(one) && !one.ephemeral);
  const filed = cards.filter((each) => refOf(each) && each.ts > tour.filedAfterTs);
  return tour.ref ? cards.findLast((each) => refOf(each) === tour.ref) : filed.at(-1);
}
const says = (message: ClientMessage | undefined, word: RegExp) =>
  word.test(JSON.stringify(message?.blocks ?? message?.text ?? ''));
const cardButton = (state: State, tour: TourProgress, place: 'first-of-type' | 'last-of-type') => {
  const card = tourCard(state, tour);
  return card
    ? [`[data-ts="${card.ts}"] .bk-actions > button.button:${place}`, `[data-ts="${card.ts}"]`]
    : ['.side-unread', '.sidebar'];
};
/** What the time would be without moving the clock since the acknowledgment, ms. */
const unmovedNow = (state: State, tour: TourProgress) => nowOf(state) - (state.clock.offsetMs - tour.offsetMs);
const tourReplies = (state: State, tour: TourProgress) => {
  const card = tourCard(state, tour);
  return card ? (state.threads[threadKey(card.channel, card.ts)] ?? []) : [];
};
const nameOfFirst = (state: State, fits: (user: ClientUser) => boolean) =>
  state.boot?.users.find((each) => !each.deleted && fits(each))?.realName;

const FORM = '.overlay:not([hidden])';
/** In a form: the first question that waits for an answer, and Submit once none does. */
const FORM_SPOTS = [
  `${FORM} .field:has(input[type=radio]):not(:has(:checked))`,
  `${FORM} .field:has(input[type=checkbox]):not(:has(:checked)):not(:has(.field-optional))`,
  `${FORM} .field:has(textarea):not(:has(.field-optional)):has(textarea:placeholder-shown)`,
  `${FORM} .dialog-foot .button-primary`,
];

export const STEPS: TourStep[] = [
  {
    title: 'File feedback from a call',
    text: (state) =>
      isAgent(me(state))
        ? `You are ${me(state)?.realName}, an agent on a call: a customer tells you about a service professional. Type /sp-feedback SP100275 556677 in the message box and press Enter. That is an SP account and an SJ number.`
        : `A customer tells you about a service professional. Act as an agent: choose ${nameOfFirst(state, isAgent) ?? 'an agent'} in the list of people.`,
    show: (state) => [isAgent(me(state)) ? '[data-tour=composer]' : '[data-tour=switcher]'],
    done: (state) => isAgent(me(state)) && state.modals.length > 0,
    note: (state) => ({ filedAfterTs: (nowOf(state) / 1000).toFixed(6), agent: me(state)?.id ?? '', ref: '' }),
  },
  {
    title: 'Answer what the form asks',
    text: () =>
      'The form shows only the questions your answers call for. Choose SP Feedback from Customer: Negative, then what went wrong; write a line of details, and submit.',
    show: () => FORM_SPOTS,
    done: (state) => state.lastDeed?.is === 'submitted' && state.modals.length === 0,
    back: (state) => state.lastDeed?.is === 'closed' && state.modals.length === 0,
  },
  {
    title: 'Now be the Area Manager',
    text: (state) =>
      `It went to the area's channel at once. The reference is beside your command. Become the Area Manager it named: ${nameOfFirst(state, isManager) ?? 'an Area Manager'}, in the list of people.`,
    show: () => ['[data-tour=switcher]'],
    done: (state) => isManager(me(state)),
  },
  {
    title: 'See the card',
    text: () => 'Open the channel with the unread mark: one card per case, edited in place.',
    show: () => ['.side-unread[data-channel]', '.top-drawer', '.sidebar'],
    done: (state, tour) => tourCard(state, tour) !== undefined,
    note: (state, tour) => ({ ref: refOf(tourCard(state, tour) ?? { ts: '', channel: '', user: '', text: '' }) }),
  },
  {
    title: 'Acknowledge it',
    text: () =>
      'Press Acknowledge on the card: it promises when the next update comes, which you can change. The agent is told.',
    show: (state, tour) => cardButton(state, tour, 'first-of-type'),
    done: (state, tour) => says(tourCard(state, tour), /acknowledged/i),
    note: (state) => ({ offsetMs: state.clock.offsetMs }),
  },
  {
    title: 'Let time pass',
    text: () =>
      'Suppose nobody follows up. Press +24 h until the time promised on the card has passed: Slack and Warmline move together.',
    show: () => ['[data-tour=clock]'],
    done: (state, tour) => Number(tourCard(state, tour)?.latestReply ?? 0) * 1000 > unmovedNow(state, tour),
    note: (state, tour) => ({
      movedTs: (unmovedNow(state, tour) / 1000).toFixed(6),
    }),
  },
  {
    title: 'See the nudge',
    text: () => 'The missed promise brings a nudge into the card’s thread. Open the replies under the card.',
    show: (state, tour) => {
      const card = tourCard(state, tour);
      return card ? [`[data-ts="${card.ts}"] .thread-summary`, `[data-ts="${card.ts}"]`] : ['.side-unread', '.sidebar'];
    },
    done: (state, tour) =>
      state.thread !== null && tourReplies(state, tour).some((each) => fromApp(state)(each) && each.ts > tour.movedTs),
  },
  {
    title: 'Resolve it',
    text: () => 'Talk to the SP, then press Resolve on the card, choose the outcome, and send it.',
    show: (state, tour) => cardButton(state, tour, 'last-of-type'),
    done: (state, tour) => says(tourCard(state, tour), /resolved/i),
  },
  {
    title: 'What the agent sees',
    text: (state, tour) =>
      `Become ${state.boot?.users.find((each) => each.id === tour.agent)?.realName ?? 'the agent'} again and open ${state.boot?.app.name ?? 'the app'} under Apps: a message says what to tell the customer.`,
    show: (state, tour) =>
      me(state)?.id === tour.agent
        ? [`.side-row[data-channel="${state.boot?.app.name ?? ''}"]`, '.top-drawer']
        : ['[data-tour=switcher]'],
    done: (state, tour) =>
      (tour.agent ? me(state)?.id === tour.agent : isAgent(me(state))) &&
      state.place.kind === 'app' &&
      state.place.tab === 'messages',
  },
];
