import type { Button, KnownBlock } from '@slack/types';
import { HOME_PART, homeTabId } from '../../slack/ids/home';
import { homeWindowId } from '../../slack/ids/home-window';
import { button, header, section } from '../lines';
import { plainText } from '../text';

/** Something that waits for an admin; `part`: where it is done, or null. */
export interface Need {
  readonly text: string;
  readonly part: string | null;
}
/** A step of setting up a workspace. */
export interface Step {
  readonly done: boolean;
  readonly title: string;
  /** What it is for, or what is still missing. */
  readonly about: string;
  readonly go: { readonly part: string } | { readonly window: 'policy_keep' } | { readonly desk: true } | null;
}

/** What an admin has to do now, then the rest of the set-up. `isEnd`: all is done, and no one has read the result. */
export function overviewBlocks(needs: readonly Need[], steps: readonly Step[], isEnd = false): KnownBlock[] {
  const left = steps.filter(({ done }) => !done);
  const nothing: KnownBlock = section(
    left.length
      ? ':white_check_mark: Nothing waits for you.'
      : ':white_check_mark: Nothing waits for you, and everything is set up.',
  );
  const now: KnownBlock[] = [header('Waiting for an admin'), ...(needs.length ? needs.map(needRow) : [nothing])];
  if (!left.length) return isEnd ? [setUpEndRow, { type: 'divider' }, ...now] : now;
  const setUp: KnownBlock[] = [
    header(`Set up: ${steps.length - left.length} of ${steps.length} done`),
    ...steps.map((step) => stepRow(step, step === left[0])),
  ];
  // A workspace being set up has that to do first.
  return needs.length ? [...now, { type: 'divider' }, ...setUp] : [...setUp, { type: 'divider' }, ...now];
}

const setUpEndRow: KnownBlock = section(
  ':tada: *Warmline is set up.* See what is ready, what is not set, and what to do first.',
  { ...button(homeWindowId('set_up_end'), 'Look', 'policy'), style: 'primary' },
);

const needRow = ({ text, part }: Need): KnownBlock => section(text, part ? button(HOME_PART, 'Show', part) : null);

/** The progress of the set-up, with its next step; nothing once all is done. `at`: the part of Home it is on. */
export function setUpLine(steps: readonly Step[], at: string): KnownBlock[] {
  const next = steps.find(({ done }) => !done);
  if (!next) return [];
  const isHere = next.go !== null && 'part' in next.go && next.go.part === at;
  const count = `*Set up: ${steps.filter(({ done }) => done).length} of ${steps.length} done*`;
  return [
    section(`:construction: ${count}  ·  ${isHere ? 'now' : 'next'}: ${next.title}`, isHere ? null : wayTo(next, true)),
    { type: 'divider' },
  ];
}

/** A notice on an admin's desk while the set-up is not complete. */
export function setUpNotice(steps: readonly boolean[]): KnownBlock[] {
  const done = steps.filter(Boolean).length;
  if (done === steps.length) return [];
  const words = `*Warmline is not set up yet: ${done} of ${steps.length} steps done*`;
  const way = { action_id: homeTabId('admin'), text: plainText('Set up'), value: 'admin', style: 'primary' } as const;
  return [section(`:construction: ${words}`, { type: 'button', ...way })];
}

/** A completed step has no button; the next one has a primary button. */
const stepRow = (step: Step, isNext: boolean): KnownBlock =>
  section(
    step.done ? `:white_check_mark: ${step.title}` : `:white_large_square: *${step.title}*\n${step.about}`,
    wayTo(step, isNext),
  );

function wayTo({ done, go }: Step, isNext: boolean): Button | null {
  const style = isNext ? { style: 'primary' as const } : {};
  const way = (action_id: string, text: string, value: string) => ({ ...button(action_id, text, value), ...style });
  if (!go || done) return null;
  if ('part' in go) return way(HOME_PART, 'Go there', go.part);
  return 'window' in go ? way(homeWindowId(go.window), 'Look', 'policy') : way(homeTabId('desk'), 'My desk', 'desk');
}
