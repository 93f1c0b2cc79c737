import type { KnownBlock, ModalView } from '@slack/types';
import type { FailedLetter } from '../../../domain/letters';
import { type Lane, slackLane } from '../../../domain/targets';
import type { WindowMemory } from '../../../slack/ids/home-window';
import { field, note, section } from '../../lines';
import { placeWords } from '../../text';
import { channelElement, homeWindow, personElement } from './parts';

/** Asks where to send what did not reach `from`. */
const elsewhereWindow = (memory: WindowMemory, what: string, from: Lane, fields: readonly KnownBlock[]): ModalView =>
  homeWindow('redirect_failed', { title: 'Send elsewhere', submit: 'Send', memory }, [
    section(`*${what}* could not be delivered to ${placeWords(from)}.`),
    ...fields,
  ]);

/** Asks where to send messages that did not reach `lane`. `closed`: only to someone who may read the case. */
export const redirectWindow = (
  memory: WindowMemory,
  { ref, lane, closed }: { readonly ref: string; readonly lane: Lane; readonly closed: boolean },
): ModalView =>
  elsewhereWindow(memory, ref, lane, [
    field('channel', 'To a channel', channelElement(null), {
      optional: true,
      hint: closed
        ? 'The case is need-to-know: its card can go only to a channel of the role that reads it.'
        : 'Warmline must be in it.',
    }),
    field('person', 'Or to a person', personElement(null), { optional: true }),
  ]);

/** Asks who gets a letter that did not reach `to`. */
export const redirectLetterWindow = (
  memory: WindowMemory,
  { what, to }: Pick<FailedLetter, 'what' | 'to'>,
): ModalView =>
  elsewhereWindow(memory, what, slackLane(to), [
    field('person', 'To a person', personElement(null), {
      hint: 'Only someone who may know what it says. They are told who it was for, and that you sent it.',
    }),
  ]);

/** Asks before messages are dismissed. */
export const dismissWindow = (memory: WindowMemory, what: string): ModalView =>
  homeWindow('dismiss_failed', { title: 'Give up this message', submit: 'Give up', memory }, [
    section(what),
    note('No one gets it then. The case keeps its whole record; only this message is gone.'),
  ]);
