import type { KnownBlock } from '@slack/types';
import { HOME_PART, homeTabId } from '../../slack/ids/home';
import { homeWindowId } from '../../slack/ids/home-window';
import { mrkdwn, plainText } from '../text';

/** Something that waits for an admin; `part` is the place where it is done, null while there is none. */
export interface Need {
  readonly text: string;
  readonly part: string | null;
}
/** A step of setting up a workspace. */
export interface Step {
  readonly done: boolean;
  readonly title: string;
  /** What it is for, or what is missing still. */
  readonly about: string;
  readonly go: { readonly part: string } | { readonly window: 'policy_keep' } | { readonly desk: true } | null;
}

/** What an admin has to do now, then what is left of setting up. */
export function overviewBlocks(needs: readonly Need[], steps: readonly Step[]): KnownBlock[] {
  const left = steps.filter(({ done }) => !done);
  const nothing: KnownBlock = {
    type: 'section',
    text: mrkdwn(
      left.length
        ? ':white_check_mark: Nothing waits for you.'
        : ':white_check_mark: Nothing waits for you, and everything is set up.',
    ),
  };
  const now: KnownBlock[] = [
    { type: 'header', text: plainText('Waiting for an admin') },
    ...(needs.length ? needs.map(needRow) : [nothing]),
  ];
  if (!left.length) return now;
  const setUp: KnownBlock[] = [
    { type: 'header', text: plainText(`Set up: ${steps.length - left.length} of ${steps.length} done`) },
    ...steps.map((step) => stepRow(step, step === left[0])),
  ];
  // A workspace that is being set up has that to do first.
  return needs.length ? [...now, { type: 'divider' }, ...setUp] : [...setUp, { type: 'divider' }, ...now];
}

const needRow = ({ text, part }: Need): KnownBlock => ({
  type: 'section',
  text: mrkdwn(text),
  ...(part ? { accessory: { type: 'button', action_id: HOME_PART, text: plainText('Show'), value: part } } : {}),
});

/** A step that is done has no button; the next one's stands out. */
function stepRow({ done, title, about, go }: Step, isNext: boolean): KnownBlock {
  const style = isNext ? { style: 'primary' as const } : {};
  const button = (action_id: string, text: string, value: string) => ({
    accessory: { type: 'button' as const, action_id, text: plainText(text), value, ...style },
  });
  const way = () => {
    if (!go || done) return {};
    if ('part' in go) return button(HOME_PART, 'Go there', go.part);
    return 'window' in go
      ? button(homeWindowId(go.window), 'Look', 'policy')
      : button(homeTabId('desk'), 'My desk', 'desk');
  };
  return {
    type: 'section',
    text: mrkdwn(done ? `:white_check_mark: ${title}` : `:white_large_square: *${title}*\n${about}`),
    ...way(),
  };
}
