import { get } from 'node-emoji';

/** Emoji of Slack that are missing in the emoji list. */
const MORE: { [name: string]: string } = {
  large_green_circle: '🟢',
  large_yellow_circle: '🟡',
  large_orange_circle: '🟠',
  large_purple_circle: '🟣',
  large_red_square: '🟥',
  large_yellow_square: '🟨',
  large_green_square: '🟩',
  simple_smile: '🙂',
};

/** The character of a Slack emoji name (without colons), or null if it is unknown. */
export const emojiOf = (name: string): string | null => {
  const plain = name.replace(/::?skin-tone-\d$/, '');
  return MORE[plain] ?? get(plain) ?? null;
};
/** Plain text with :names: replaced by characters. */
export const withEmoji = (text: string) =>
  text.replace(/:([a-z0-9_+-]+):/gi, (whole, name: string) => emojiOf(name) ?? whole);

export const REACTIONS = ['+1', 'eyes', 'white_check_mark', 'raised_hands', 'heart', 'tada', 'thinking_face', 'bell'];
