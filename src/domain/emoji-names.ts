/** Emoji with several names. People type any of them; Slack reports a reaction by the first only. */
const NAMES = [
  ['+1', 'thumbsup'],
  ['-1', 'thumbsdown'],
  ['boom', 'collision'],
  ['bee', 'honeybee'],
  ['boat', 'sailboat'],
  ['book', 'open_book'],
  ['car', 'red_car'],
  ['exclamation', 'heavy_exclamation_mark'],
  ['facepunch', 'punch'],
  ['feet', 'paw_prints'],
  ['hand', 'raised_hand'],
  ['hankey', 'poop', 'shit'],
  ['hocho', 'knife'],
  ['laughing', 'satisfied'],
  ['memo', 'pencil'],
  ['phone', 'telephone'],
] as const;
const FIRST: ReadonlyMap<string, string> = new Map(
  NAMES.flatMap(([first, ...others]) => others.map((name) => [name, first])),
);
const firstOf = (name: string) => FIRST.get(name) ?? name;

/** Whether two names mean the same emoji. */
export const isSameEmoji = (one: string, other: string): boolean => firstOf(one) === firstOf(other);
