import type { KnownBlock } from '@slack/types';
import type { Cover, CoverState } from '../../domain/cover';
import { type CoverChoice, coverButtonId } from '../../slack/ids/cover';
import { button } from '../lines';
import type { Message } from '../message';
import { type Part, richLines, WHEN } from '../rich-text';

const CHOICES: Readonly<Record<CoverChoice, string>> = {
  accept: 'Accept',
  decline: 'Decline',
  withdraw: 'Withdraw',
};

/** Buttons about one cover. Their block id is the cover's, so that a window may show several. */
export const coverButtons = ({ id }: Cover, ...choices: readonly CoverChoice[]): KnownBlock => ({
  type: 'actions',
  block_id: `cover:${id}`,
  elements: choices.map((choice) => ({
    ...button(coverButtonId(choice), CHOICES[choice], id),
    ...(choice === 'accept' ? { style: 'primary' as const } : {}),
  })),
});

/** From when until when; the last day, not the midnight after it. */
export const period = ({ from, until }: Cover): Part[] => [
  { date: from, format: WHEN },
  ' until ',
  { date: new Date(+until - 60_000), format: WHEN },
];

const duty = 'While you cover for them, you get what they get and can act on their cases and areas.';

/** A DM about a cover: to the deputy when asked or withdrawn, else to the absent person. */
export function coverMessage(cover: Cover): Message {
  const person: Part = { user: cover.person };
  const deputy: Part = { user: cover.deputy };
  const say: Record<CoverState, readonly [string, readonly Part[]]> = {
    asked: [
      'You are asked to cover',
      [
        '🏖️ ',
        person,
        ...(cover.calendar
          ? [' is away from ', ...period(cover), ', according to their calendar. Can you cover for them?']
          : [' asks you to cover for them from ', ...period(cover), '.']),
        ` ${duty}`,
      ],
    ],
    accepted: ['Your cover request was accepted', ['✅ ', deputy, ' covers for you from ', ...period(cover), '.']],
    declined: [
      'Your cover request was declined',
      ['🚫 ', deputy, ' cannot cover for you from ', ...period(cover), '. Ask someone else with `/warmline cover`.'],
    ],
    withdrawn: ['A cover was withdrawn', ['↩️ ', person, ' no longer needs you to cover from ', ...period(cover), '.']],
    gone: [
      'A cover was withdrawn',
      [
        '↩️ ',
        person,
        ' is not away from ',
        ...period(cover),
        ' after all, according to their calendar. You need not cover.',
      ],
    ],
  };
  const [text, line] = say[cover.state];
  return {
    text,
    blocks: [richLines([line]), ...(cover.state === 'asked' ? [coverButtons(cover, 'accept', 'decline')] : [])],
  };
}

/** A DM to the deputy: the absence became shorter. */
export const shortenedMessage = (cover: Cover): Message => ({
  text: 'A cover is shorter now',
  blocks: [
    richLines([
      [
        '✂️ ',
        { user: cover.person },
        ' is away for a shorter time, according to their calendar: you cover from ',
        ...period(cover),
        '.',
      ],
    ]),
    coverButtons(cover, 'decline'),
  ],
});

/** Replaces the question once the deputy answered it, or it was withdrawn. */
export function coverAnswered(cover: Cover): Message {
  const person: Part = { user: cover.person };
  const say: Record<CoverState, readonly Part[]> = {
    asked: ['🏖️ ', person, ' asks you to cover from ', ...period(cover), '.'],
    accepted: ['✅ You cover for ', person, ' from ', ...period(cover), `. ${duty}`],
    declined: ['🚫 You declined to cover for ', person, ' from ', ...period(cover), '.'],
    withdrawn: ['↩️ ', person, ' withdrew this: ', ...period(cover), '.'],
    gone: ['↩️ ', person, ' is not away after all, according to their calendar: ', ...period(cover), '.'],
  };
  return { text: 'Your answer is kept', blocks: [richLines([say[cover.state]])] };
}
