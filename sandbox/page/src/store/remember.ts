import type { ClientView } from '../../../client-protocol';
import type { Place, Theme } from './state';

/** What survives a reload: the address has who and where (so two tabs can be two people), the browser has the theme. */
const THEME_KEY = 'warmline.theme';

export function startTheme(): Theme {
  const kept = localStorage.getItem(THEME_KEY);
  if (kept === 'light' || kept === 'dark') return kept;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
export const rememberTheme = (theme: Theme) => localStorage.setItem(THEME_KEY, theme);

const WINDOWS_KEY = 'warmline.modals';
const MOST_WINDOWS = 20;
/**
 * The stack of modals as this tab shows it: one opened in another tab stays there. A tab recognizes its own by the
 * first of the stack, even after a reload. `isLive`: it has just been opened.
 */
export function modalsOfThisTab(modals: ClientView[], isLive: boolean): ClientView[] {
  const own = (sessionStorage.getItem(WINDOWS_KEY) ?? '').split(' ').filter(Boolean);
  const [first] = modals;
  if (!first || own.includes(first.id)) return modals;
  if (!isLive || !document.hasFocus()) return [];
  sessionStorage.setItem(WINDOWS_KEY, [...own, first.id].slice(-MOST_WINDOWS).join(' '));
  return modals;
}

/** Reads `#/U123/C123` or `#/U123/app/home`. */
export function readAddress(): { user: string | null; place: Place | null } {
  const [, user = '', place = '', tab = ''] = location.hash.split('/');
  if (place === 'app' && (tab === 'home' || tab === 'messages' || tab === 'about')) {
    return { user: user || null, place: { kind: 'app', tab } };
  }
  return { user: user || null, place: place && place !== 'app' ? { kind: 'channel', id: place } : null };
}
export function writeAddress(user: string, place: Place | null) {
  const where = place ? (place.kind === 'channel' ? `/${place.id}` : `/app/${place.tab}`) : '';
  history.replaceState(null, '', `#/${user}${where}`);
}
