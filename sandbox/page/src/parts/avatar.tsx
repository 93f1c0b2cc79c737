import type { ClientUser } from '../../../client-protocol';

const HUES = [340, 265, 205, 165, 95, 25, 290, 230];
const hueOf = (id: string) => HUES[[...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % HUES.length] ?? 205;
const initialsOf = (name: string) =>
  name
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .slice(0, 2)
    .join('')
    .toUpperCase();

/** A person as colored initials; the app as its logo. Decoration: the name is always next to it. */
export function Avatar({ user, size = 36 }: { user: ClientUser | null; size?: number }) {
  const style = { width: size, height: size, fontSize: size * 0.4 };
  if (user?.isBot) {
    return (
      <span className="avatar avatar-app" style={style} aria-hidden="true">
        ≋
      </span>
    );
  }
  const hue = hueOf(user?.id ?? '');
  return (
    <span className="avatar" style={{ ...style, background: `hsl(${hue} 45% 32%)` }} aria-hidden="true">
      {initialsOf(user?.realName || user?.name || '?')}
    </span>
  );
}
